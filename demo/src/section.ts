/** What one part of the demo has done, for the summary. */
export interface Section {
  readonly title: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly durationMs: number;
  /** What is not as it must be; empty when all is well. */
  readonly problems: readonly string[];
}
