import { ProcessEnded } from './process-ended.js';

/** A timeout or idle timeout ended the process. */
export class ProcessTimedOut extends ProcessEnded {
  override readonly name = 'ProcessTimedOut';
}
