/** A server that tests have to themselves. */
export interface RedisServer {
  /** Of its socket. */
  readonly path: string;
  close(): Promise<void>;
}
