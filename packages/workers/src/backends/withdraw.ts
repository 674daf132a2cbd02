/** What a pool and a worker both see. */
export interface Marks {
  readonly started: number;
  abort(seq: number): void;
  keep(seq: number): void;
}

/**
 * Takes a task back that a worker has. The worker notes that it begins a task before it looks whether that was taken
 * back; here it is the other way round, so that one of both sees what the other has noted.
 *
 * @returns whether it will never begin; when not, it has, or the worker says that it dropped it
 */
export function withdraw(marks: Marks, seq: number): boolean {
  if (marks.started >= seq) return false;
  marks.abort(seq);
  if (marks.started < seq) return true;
  marks.keep(seq);
  return false;
}
