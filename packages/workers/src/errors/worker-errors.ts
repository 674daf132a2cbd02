// What a worker needs when something fails.
export { InvalidArgumentError } from '@proc/core/essentials';
export { ClosureCaptureError } from './closure-capture-error.js';
export { decodeError } from './decode-error.js';
export { encodeError } from './encode-error.js';
export { TaskLoadError } from './task-load-error.js';
export { uncloneableError } from './uncloneable-value-error.js';
