import type { Capture } from '../capture/capture.js';
import type { OutputPositions } from '../capture/output-feed.js';
import { OutputWatcher } from '../capture/output-watcher.js';
import type { Duration } from '../contracts/duration.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { OutputTest } from '../contracts/running-process.js';
import { ExpectationError } from '../errors/expectation-error.js';
import { formatDuration } from '../measures/format-duration.js';
import { parseDuration } from '../measures/parse-duration.js';
import { outputTails } from '../result/build-result.js';
import { CallSite } from '../diagnostics/call-site.js';
import { failureMessage } from '../diagnostics/failure-message.js';

/** Waits for output, and says what is wrong when it does not come. */
export class OutputExpectations {
  readonly #capture: Capture;
  readonly #spec: ProcessSpec;
  readonly #watcher: OutputWatcher;

  constructor(capture: Capture, spec: ProcessSpec) {
    this.#capture = capture;
    this.#spec = spec;
    this.#watcher = new OutputWatcher(capture, spec.encoding);
  }

  /** How far the functions given to {@link until} have seen the output. */
  get shown(): OutputPositions {
    return this.#watcher.shown;
  }

  /** @throws {@link ExpectationError} when the output ends or the time passes without a match */
  async match(pattern: string | RegExp, timeout: Duration | undefined): Promise<RegExpMatchArray> {
    const timeoutMs = durationOf(timeout);
    const site = CallSite.capture();
    const found = await this.#watcher.until(pattern, timeoutMs);
    if (typeof found === 'object') return found;
    const what = `output matching ${String(pattern)}`;
    throw this.#missed(found === 'ended' ? 'ended' : `ran for ${format(timeoutMs)}`, what, site);
  }

  /**
   * Whether the output passed the test before its end.
   *
   * @throws {@link ExpectationError} when the time passes before either
   */
  async until(test: OutputTest, timeout: Duration | undefined): Promise<boolean> {
    const timeoutMs = durationOf(timeout);
    const site = CallSite.capture();
    const found = await this.#watcher.until(test, timeoutMs);
    if (found !== 'timedOut') return found !== 'ended';
    throw this.#missed(`ran for ${format(timeoutMs)}`, 'the output that was waited for', site);
  }

  #missed(until: string, what: string, site: CallSite): ExpectationError {
    const facts = {
      what: `${until} without ${what}.`,
      spec: this.#spec,
      ...outputTails(this.#capture, this.#spec),
    };
    const error = new ExpectationError(failureMessage(facts), this.#spec);
    site.pointTo(error);
    return error;
  }
}

function durationOf(timeout: Duration | undefined): number | undefined {
  return timeout === undefined ? undefined : parseDuration(timeout, 'timeout');
}

function format(ms: number | undefined): string {
  return formatDuration(ms ?? 0);
}
