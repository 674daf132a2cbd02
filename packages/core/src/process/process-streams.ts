import type { Readable } from 'node:stream';
import type { Duration } from '../contracts/duration.js';
import type { ProcessHandle } from '../contracts/process-handle.js';
import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { IterationOptions, OutputChunk } from '../contracts/running-process.js';
import type { Secret } from '../redaction/secret.js';
import type { SecretTable } from '../redaction/secret-table.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import type { MessageExchange } from '../messages/message-exchange.js';
import type { StandardSchema } from '../contracts/schema.js';
import { CallSite } from '../diagnostics/call-site.js';
import { ProcessError } from '../errors/process-error.js';
import { jsonLines } from './json-lines.js';
import { OutputExpectations } from './output-expectations.js';
import { OutputView } from './output-view.js';
import type { Supervision } from './supervision.js';

/** What goes in and out of a running process. */
export abstract class ProcessStreams {
  protected readonly handle: ProcessHandle;
  protected readonly supervision: Supervision;
  protected readonly expectations: OutputExpectations;
  readonly #view: OutputView;
  readonly #spec: ProcessSpec;

  constructor(handle: ProcessHandle, supervision: Supervision, spec: ProcessSpec) {
    this.handle = handle;
    this.supervision = supervision;
    this.#spec = spec;
    this.#view = new OutputView(supervision.capture, spec.encoding);
    this.expectations = new OutputExpectations(supervision.capture, spec);
  }

  abstract wait(): Promise<ProcessResult>;

  output(): string {
    this.handle.polled?.('output');
    return this.#view.text('out');
  }

  errorOutput(): string {
    this.handle.polled?.('output');
    return this.#view.text('err');
  }

  latestOutput(): string {
    this.handle.polled?.('output');
    return this.#view.latest('out');
  }

  latestErrorOutput(): string {
    this.handle.polled?.('output');
    return this.#view.latest('err');
  }

  lines(options?: IterationOptions): AsyncIterableIterator<string> {
    return this.#view.lines(options, () => this.wait());
  }

  jsonLines<T>(schema?: StandardSchema<T>, options?: IterationOptions): AsyncGenerator<T, void> {
    return jsonLines(this.lines(options), this.#spec, schema);
  }

  async *chunks(options?: IterationOptions): AsyncGenerator<OutputChunk, void, undefined> {
    this.handle.polled?.('end');
    yield* this.#view.chunks(options);
    await this.wait();
  }

  [Symbol.asyncIterator](): AsyncIterator<string> {
    return this.lines();
  }

  get stdout(): Readable | null {
    return this.#view.stream('out');
  }

  get stderr(): Readable | null {
    return this.#view.stream('err');
  }

  replayOutput(): Readable {
    return this.#view.replay();
  }

  get replaySecrets(): SecretTable {
    return secretsOf(this.#spec);
  }

  write(data: string | Uint8Array | Secret): Promise<void> {
    return this.supervision.input.write(data);
  }

  closeInput(): Promise<void> {
    return this.supervision.input.close();
  }

  async send(message: unknown): Promise<void> {
    await this.#exchange.send(message);
  }

  messages<T>(): AsyncGenerator<T, void, undefined> {
    this.handle.polled?.('end');
    const messages = this.#exchange.messages(async () => {
      // Who closes its channel may go on for long, and then is not waited for.
      if (this.supervision.exited || this.supervision.termination.active) await this.wait();
    });
    // What a program sends is what its author says it is.
    return messages as AsyncGenerator<T, void, undefined>;
  }

  async request<T>(message: unknown, timeout?: Duration): Promise<T> {
    this.handle.polled?.('end');
    const site = CallSite.capture();
    try {
      return (await this.#exchange.request(message, timeout)) as T;
    } catch (error) {
      // Ours, from a timer or the end of the channel.
      if (ProcessError.is(error)) site.pointTo(error);
      throw error;
    }
  }

  async disconnect(): Promise<void> {
    await this.#exchange.disconnect();
  }

  expect(pattern: string | RegExp, timeout?: Duration): Promise<RegExpMatchArray> {
    return this.expectations.match(pattern, timeout);
  }

  get #exchange(): MessageExchange {
    if (this.supervision.messages !== undefined) return this.supervision.messages;
    throw new InvalidArgumentError(
      'Only a process that was given a channel of messages can be sent some: start it with node() or ipc().',
    );
  }
}
