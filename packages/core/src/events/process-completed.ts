import { ProcessEnded } from './process-ended.js';

/** A started process has ended, in whatever way. The last event of an attempt that started. */
export class ProcessCompleted extends ProcessEnded {
  override readonly name = 'ProcessCompleted';
}
