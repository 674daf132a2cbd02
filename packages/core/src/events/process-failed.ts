import { ProcessEnded } from './process-ended.js';

/** An attempt ended with a non-zero exit, an error, or did not start. */
export class ProcessFailed extends ProcessEnded {
  override readonly name = 'ProcessFailed';
}
