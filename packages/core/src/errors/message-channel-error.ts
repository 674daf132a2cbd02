import { ProcessError } from './process-error.js';

/** The channel of messages has closed: nothing more can be sent, and no answer will come. */
export class MessageChannelError extends ProcessError {
  readonly code = 'ERR_PROC_MESSAGE_CHANNEL';
}
