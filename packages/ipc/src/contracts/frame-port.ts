/**
 * One end of a two-way channel for frames: plain values that the structured clone algorithm can carry. Frames arrive
 * whole, in the order in which they were sent. What a transport of your own has to give to {@link IpcHub.connect} and
 * {@link connectIpc}.
 */
export interface FramePort {
  /**
   * Sends; what was sent before {@link close} still arrives. A port that is closed drops the frame in silence.
   *
   * @throws whatever the channel throws for a value that it can not carry; nothing has been sent then, and the port
   *   stays usable
   */
  send(frame: unknown): void;
  /** Sets who receives the frames, one by one; called once. What came before is received now. */
  onFrame(listener: (frame: unknown) => void): void;
  /**
   * Calls once when the other end is gone or this one has been closed; at once if that has happened already. Where this
   * end has cut the other one off, it says why.
   */
  onClose(listener: (reason?: Error) => void): void;
  /** Closes this end, and so the other one. Idempotent. */
  close(): void;
  /** Keeps the process alive from now on; where the channel has a say in that. */
  ref?(): void;
  /** Keeps the process alive no longer. */
  unref?(): void;
}
