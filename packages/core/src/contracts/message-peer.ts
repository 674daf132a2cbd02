import type { Duration } from './duration.js';

/**
 * The messages between this process and a Node program that was given a channel for them by `node()` or `ipc()`. For
 * any other program every method fails with an {@link InvalidArgumentError}.
 *
 * The program uses `process.send` and `process.on('message')`. As long as it listens, the channel keeps it alive: it
 * ends by itself, when it is disconnected, or when it is stopped.
 */
export interface MessagePeer {
  /**
   * Sends; resolves when the system has taken the message over, so whoever waits sends no faster than the program
   * reads. Messages arrive in the order of the calls.
   *
   * @throws {@link InvalidArgumentError} when the message can not be serialised; the channel stays usable
   * @throws {@link MessageChannelError} when the channel is closed
   */
  send(message: unknown): Promise<void>;
  /**
   * The messages that are no answers to a {@link request}, in order. The first iteration begins with the first one
   * sent, however late it starts; one that starts while another goes on gets what comes from then on; one that starts
   * after the others have been left goes on where the last of them stopped.
   *
   * Ends when the channel closes, and rejects then as `wait` does, if the process was ended for an error. Leaving the
   * loop leaves the process alone. A program can not be held back: at most 100,000 messages are kept for a
   * reader, and when there were more it gets a {@link MessageChannelError} after those.
   */
  messages<T = unknown>(): AsyncIterable<T>;
  /**
   * Sends a message and waits for the answer to it, which {@link messages} then does not get. To a message with an
   * `id` (a string, number or bigint) that is the first one with the same `id`; to any other the next one that no
   * other request gets, in the order of the requests.
   *
   * @throws {@link ExpectationError} when the time has passed; the answer may still come, and is an ordinary message
   *   then
   * @throws {@link MessageChannelError} when the channel closes before the answer
   * @throws {@link InvalidArgumentError} as {@link send} does
   */
  request<T = unknown>(message: unknown, timeout?: Duration): Promise<T>;
  /**
   * Closes the channel as soon as everything that was sent has been taken over. A program that only waits for messages
   * ends then. Idempotent.
   */
  disconnect(): Promise<void>;
}
