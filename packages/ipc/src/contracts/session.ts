import type { BrokerSession } from './ipc-broker.js';
import type { IpcSessionStats, SessionState } from './ipc-stats.js';

/** A connection to a hub, as the hub sees it: the owner of everything that is held over it. */
export interface Session extends BrokerSession {
  /** Unique within the hub; never used again. */
  readonly id: string;
  /** For statistics and messages; default: the id. */
  readonly name: string;
  readonly state: SessionState;
  /** Resolves when the connection is lost and everything that it held has been released. Never rejects. */
  readonly closed: Promise<void>;
  /** What the statistics of the hub say of it. */
  describe(): IpcSessionStats;
}
