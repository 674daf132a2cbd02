/**
 * What other transports of this project share of the workings of this package. It may change with any version; all
 * packages of this project have the same one.
 */

export { requireKnown } from './client/require-known.js';
export { HubReporter } from './hub/hub-reporter.js';
export { PortEnd } from './transports/port-end.js';
export { requirePort } from './transports/require-port.js';
export { decodeFrame } from './transports/socket/frame-codec.js';
export { DEFAULT_MAX_FRAME } from './transports/socket/handshake.js';
