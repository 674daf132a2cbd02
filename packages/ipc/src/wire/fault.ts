/** Why an operation failed, as it travels. */
export type Fault =
  | { readonly code: 'timeout'; readonly timeoutMs: number }
  | { readonly code: 'cancelled' }
  | { readonly code: 'broker-gone' }
  | { readonly code: 'disconnected' }
  | { readonly code: 'closed'; readonly how: 'closed' | 'deleted' }
  | { readonly code: 'invalid'; readonly message: string }
  | { readonly code: 'mismatch'; readonly message: string }
  | { readonly code: 'not-held' }
  | { readonly code: 'deadlock'; readonly cycle: readonly DeadlockStep[] }
  | { readonly code: 'broken-barrier'; readonly reason: BarrierBreak }
  | { readonly code: 'overflow' }
  | { readonly code: 'not-served' }
  | { readonly code: 'peer-gone'; readonly peer: string }
  | { readonly code: 'remote'; readonly error: RemoteFault };

/** What broke a barrier: `abort` was called, a party's time passed, it gave up, or it died. */
export type BarrierBreak = 'aborted' | 'timeout' | 'cancelled' | 'peer gone';

/** One step around a deadlock: who waits for what, and who holds that. */
export interface DeadlockStep {
  readonly waiter: string;
  readonly lock: string;
  readonly holder: string;
}

/** An error of another process. */
export interface RemoteFault {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string | number | undefined;
  readonly cause?: RemoteFault | undefined;
}
