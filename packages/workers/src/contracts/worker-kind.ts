/** What workers are: child processes, threads of this process, or this very thread (for tests, and for tiny inputs). */
export type WorkerKind = 'process' | 'thread' | 'inline';
