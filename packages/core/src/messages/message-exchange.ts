import type { Capture } from '../capture/capture.js';
import type { Duration } from '../contracts/duration.js';
import type { MessageChannel } from '../contracts/message-channel.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { failureMessage } from '../diagnostics/failure-message.js';
import { ExpectationError } from '../errors/expectation-error.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { MessageChannelError } from '../errors/message-channel-error.js';
import type { RunScope } from '../process/run-scope.js';
import { revealSecrets } from '../redaction/reveal-secrets.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { outputTails } from '../result/build-result.js';
import { drain, type Drainable } from '../termination/drain.js';
import { formatDuration } from '../measures/format-duration.js';
import { parseDuration } from '../measures/parse-duration.js';
import { MessageInbox } from './message-inbox.js';
import { MOST_UNREAD } from './message-queue.js';
import { PendingRequests } from './pending-requests.js';
import { requireSendable } from './require-sendable.js';

/** The talk with one program: what is sent, what comes back as an answer, and what comes of its own. */
export class MessageExchange implements Drainable {
  readonly ended: Promise<unknown>;
  /** What comes is kept; nobody is held back. */
  readonly heldBack = false;
  readonly #channel: MessageChannel;
  readonly #spec: ProcessSpec;
  readonly #capture: Capture;
  readonly #inbox: MessageInbox;
  readonly #requests = new PendingRequests();
  readonly #sending = new Set<Promise<void>>();
  #lastOutputAt: number;
  #closing = false;
  #hasEnded = false;
  #fault: Error | undefined;

  constructor(channel: MessageChannel, spec: ProcessSpec, capture: Capture) {
    this.#channel = channel;
    this.#spec = spec;
    this.#capture = capture;
    this.#lastOutputAt = capture.clock.now();
    const unread = `sent more than ${MOST_UNREAD} messages that nobody had read; the rest was dropped.`;
    this.#inbox = new MessageInbox(() => this.#error(unread));
    channel.receive((message) => {
      this.#lastOutputAt = capture.clock.now();
      if (!this.#requests.claim(message)) this.#inbox.push(message);
    });
    this.ended = channel.closed.then((fault) => {
      this.#end(fault);
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get lastOutputAt(): number {
    return this.#lastOutputAt;
  }

  async send(message: unknown): Promise<void> {
    await this.#hand(this.#sendable(message));
  }

  async request(given: unknown, timeout?: Duration): Promise<unknown> {
    const timeoutMs = timeout === undefined ? undefined : parseDuration(timeout, 'timeout');
    const message = this.#sendable(given);
    const request = this.#requests.add(message);
    this.#hand(message).catch((error: unknown) => {
      this.#requests.withdraw(request);
      request.reject(error as Error);
    });
    if (timeoutMs === undefined) return request.answer;
    const cancel = this.#capture.clock.timer(timeoutMs, () => {
      this.#requests.giveUp(request, this.#unanswered(timeoutMs));
    });
    try {
      return await request.answer;
    } finally {
      cancel();
    }
  }

  /** @param atEnd - awaited after the last message; its rejection is the iteration's */
  async *messages(atEnd: () => Promise<unknown>): AsyncGenerator<unknown, void, undefined> {
    yield* this.#inbox.read();
    await atEnd();
    if (this.#fault !== undefined) throw this.#broken(this.#fault);
  }

  /** Closes the channel when everything that is being sent has been handed over. */
  async disconnect(): Promise<void> {
    this.#closing = true;
    await Promise.allSettled(this.#sending);
    this.#channel.disconnect();
    await this.ended;
  }

  /** Waits, after the exit, for the last messages, but not for a descendant that holds the channel open. */
  async settle(scope: RunScope): Promise<void> {
    if (await drain(this, scope, { impatient: true }, this.#spec.drain)) this.#channel.disconnect();
  }

  #sendable(message: unknown): unknown {
    const clear = revealSecrets(message, secretsOf(this.#spec));
    requireSendable(clear);
    return clear;
  }

  #hand(message: unknown): Promise<void> {
    const what = 'can not be sent a message: its channel is closed.';
    if (this.#closing || !this.#channel.connected) {
      return Promise.reject(this.#fault ? this.#broken(this.#fault) : this.#error(what));
    }
    const sending = this.#channel.send(message).catch((cause: unknown) => {
      throw InvalidArgumentError.is(cause) ? cause : this.#error(what, cause);
    });
    this.#sending.add(sending);
    const forget = (): void => {
      this.#sending.delete(sending);
    };
    sending.then(forget, forget);
    return sending;
  }

  #end(fault: Error | undefined): void {
    this.#hasEnded = true;
    this.#fault = fault;
    this.#inbox.end();
    this.#requests.rejectAll(() =>
      fault === undefined
        ? this.#error('ended, or closed its channel, before it answered a message.')
        : this.#broken(fault),
    );
  }

  #unanswered(timeoutMs: number): ExpectationError {
    const what = `did not answer a message within ${formatDuration(timeoutMs)}.`;
    return new ExpectationError(this.#text(what), this.#spec);
  }

  #broken(cause: Error): MessageChannelError {
    const what = 'wrote something else than messages to its channel, which was closed therefore.';
    return this.#error(what, cause);
  }

  #error(what: string, cause?: unknown): MessageChannelError {
    const options = cause === undefined ? undefined : { cause };
    return new MessageChannelError(this.#text(what), this.#spec, options);
  }

  #text(what: string): string {
    const tails = outputTails(this.#capture, this.#spec);
    return failureMessage({ what, spec: this.#spec, ...tails });
  }
}
