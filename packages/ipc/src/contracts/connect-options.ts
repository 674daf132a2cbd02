/** How a session is made. */
export interface ConnectOptions {
  /** For statistics and messages. */
  readonly name?: string | undefined;
}
