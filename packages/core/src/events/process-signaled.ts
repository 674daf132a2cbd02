import { ProcessEnded } from './process-ended.js';

/** A signal that was not ours ended the process. */
export class ProcessSignaled extends ProcessEnded {
  override readonly name = 'ProcessSignaled';
}
