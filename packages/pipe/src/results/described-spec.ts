import type { ProcessSpec } from '@proc/core';

const NOTHING_KEPT = { policy: 'discard', limit: 0, file: null } as const;

/**
 * A specification for what is no single command (a pipeline, an in-process stage), so that its errors have one.
 *
 * @param line - what it is, as a shell line
 */
export function describedSpec(line: string, timeoutMs: number | null = null): ProcessSpec {
  return Object.freeze({
    command: { kind: 'shell', line, shell: null },
    cwd: null,
    env: { mode: 'inherit', allow: [], set: {}, unset: [], expand: false },
    input: 'stream',
    timeoutMs,
    idleTimeoutMs: null,
    killSignal: 'SIGTERM',
    graceMs: 0,
    retry: { times: 0, delayMs: 0, factor: 1 },
    stdout: NOTHING_KEPT,
    stderr: NOTHING_KEPT,
    quiet: false,
    mergeStderr: false,
    tty: false,
    detached: false,
    encoding: 'utf8',
    uid: null,
    gid: null,
    driver: null,
    tag: null,
    meta: {},
  } satisfies ProcessSpec);
}
