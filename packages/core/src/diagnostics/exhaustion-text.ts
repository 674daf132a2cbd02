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
