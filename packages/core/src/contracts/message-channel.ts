/**
 * The messages between this process and a Node program, as the driver carries them: in the order in which they were
 * sent, each as its serialization brings it.
 */
export interface MessageChannel {
  /** Whether messages can be sent. */
  readonly connected: boolean;
  /**
   * Resolves when no more messages will come and all that came have been received: the program has ended or
   * disconnected, or {@link disconnect} was called. With what broke the channel, where something did. Never rejects.
   *
   * As long as a descendant of the program holds the channel, it stays open after the exit.
   */
  readonly closed: Promise<Error | undefined>;
  /**
   * Sends; resolves when the system has taken the message over, which takes as long as the program does not read.
   *
   * @throws {@link InvalidArgumentError} when the message can not be serialised; the channel stays as it was
   * @throws any other error when the channel is closed, or closes before the message is handed over
   */
  send(message: unknown): Promise<void>;
  /**
   * Sets who receives the messages, one by one; called once. What came before is received now.
   *
   * Whether a driver can hold a program back that sends faster than this process reads is its own affair; the channels
   * of Node can't.
   */
  receive(listener: (message: unknown) => void): void;
  /** Closes the channel at once; what waits to be sent is lost. Idempotent. */
  disconnect(): void;
}
