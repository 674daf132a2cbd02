const EXHAUSTED: Readonly<Record<string, string>> = {
  EAGAIN: 'the limit of processes has been reached',
  EMFILE: 'this process has no file descriptor left',
  ENFILE: 'the system has no file descriptor left',
  ENOMEM: 'there is not enough memory',
};

/** What this process, or the system, is short of by a system error's code; `undefined` for any other failure. */
export function exhaustionText(code: unknown): string | undefined {
  return typeof code === 'string' && Object.hasOwn(EXHAUSTED, code) ? EXHAUSTED[code] : undefined;
}

const WAYS_OUT: Readonly<Record<string, string>> = {
  EAGAIN: 'Raise the limit (ulimit -u), or run fewer at once, as in a pool.',
  EMFILE: 'Raise the limit (ulimit -n), or run fewer at once, as in a pool.',
};

/** What whoever is short of it by this code can do. */
export function wayOutOf(code: string): string {
  return WAYS_OUT[code] ?? 'Run fewer at once, as in a pool.';
}
