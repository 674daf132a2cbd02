import { nodeCommand } from '../command/node-command.js';
import type { CommandWord } from '../contracts/command.js';
import type { InputSource } from '../contracts/input-source.js';
import type { IpcSerialization } from '../contracts/ipc.js';
import type { OutputOptions, RetentionPolicy } from '../contracts/output-spec.js';
import type { Size } from '../contracts/size.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { showValue } from '../diagnostics/show-value.js';
import { inputKind } from '../input/input-stream.js';
import { readObject } from '../kernel/read-object.js';
import { parseSize } from '../measures/parse-size.js';
import { LifetimeSettings } from './lifetime-settings.js';
import { resolveRetention } from './resolve-retention.js';

/**
 * The fluent settings of a process: each changes this object and returns it. Bad values are refused at once. Here those
 * of its streams and labels; the others come from the classes above.
 */
export abstract class ProcessSettings extends LifetimeSettings {
  /** The standard input; only `null` and `undefined` mean none, and then the child reads the null device. */
  input(source: InputSource | undefined): this {
    inputKind(source);
    this.draft.input = source ?? null;
    return this;
  }

  /** Keeps the standard input open for `write` on the running process. */
  interactive(): this {
    this.draft.interactive = true;
    return this;
  }

  /**
   * Runs a Node program, by the Node of this process and with its options for loading code (`--import tsx`, say), and
   * opens a channel of messages to it, unless {@link ipc} has decided about that. A relative path begins at the
   * program's working directory.
   */
  node(script: string | URL, args?: readonly CommandWord[]): this {
    this.draft.ipc ??= 'json';
    return this.command(nodeCommand(script, args));
  }

  /**
   * Opens a channel of messages to a Node program (`process.send` and `process.on('message')` there). `'json'`: what
   * JSON can carry; `'advanced'`: what the structured clone algorithm can; `false`: no channel.
   */
  ipc(serialization: IpcSerialization | boolean = 'json'): this {
    this.draft.ipc = resolveSerialization(serialization);
    return this;
  }

  /** Keeps nothing of the output; a callback still gets it. */
  quietly(): this {
    this.draft.quiet = true;
    return this;
  }

  /**
   * Gives the child this process's terminal; nothing is captured, and no idle timeout counts. `'auto'`: only where
   * there is a terminal.
   */
  tty(on: boolean | 'auto' = true): this {
    if (on !== 'auto' && typeof on !== 'boolean') {
      throw new InvalidArgumentError(`tty() takes true, false or 'auto', not ${showValue(on)}.`);
    }
    this.draft.tty = on;
    return this;
  }

  /**
   * Limits what is kept of each stream. Default policy `'fail'`: the byte after the limit ends the process
   * with an {@link OutputLimitError}.
   */
  maxOutput(size: Size, policy: RetentionPolicy = 'fail'): this {
    const limit = parseSize(size, 'limit of output');
    return this.output({ stdout: { policy, limit }, stderr: { policy, limit } });
  }

  /** Retention per stream: policy and limit, a file or a stream that gets a copy. */
  output(options: OutputOptions): this {
    const own = readObject(options, 'The settings of the output are given as', [
      'stdout',
      'stderr',
    ]);
    for (const [name, key] of [
      ['stdout', 'out'],
      ['stderr', 'err'],
    ] as const) {
      const given = own[name];
      if (given === undefined) continue;
      const { spec, tee } = resolveRetention(given, this.draft[name], name);
      this.draft[name] = spec;
      if (name === 'stderr') this.draft.stderrNamed = true;
      if (tee !== undefined) this.draft.tees[key] = tee;
    }
    return this;
  }

  /** stderr goes where stdout goes, in exact order; what {@link output} says of stdout then counts for both. */
  mergeStderr(): this {
    this.draft.mergeStderr = true;
    return this;
  }

  /** How output is decoded into text; default `utf8`. */
  encoding(encoding: BufferEncoding): this {
    if (!Buffer.isEncoding(encoding)) {
      throw new InvalidArgumentError(`Unknown encoding: ${showValue(encoding)}.`);
    }
    this.draft.encoding = encoding;
    return this;
  }

  /** A label for results and events. */
  tag(name: string): this {
    if (typeof name !== 'string') {
      throw new InvalidArgumentError(`A tag is a string, not ${showValue(name)}.`);
    }
    this.draft.tag = name;
    return this;
  }

  /** Your own data, carried to results and events; repeated calls merge. */
  meta(data: Readonly<Record<string, unknown>>): this {
    this.draft.meta = { ...this.draft.meta, ...readObject(data, 'Meta data are given as') };
    return this;
  }
}

function resolveSerialization(serialization: IpcSerialization | boolean): IpcSerialization | false {
  if (typeof serialization === 'boolean') return serialization && 'json';
  const given: unknown = serialization;
  if (given !== 'json' && given !== 'advanced') {
    throw new InvalidArgumentError(
      `ipc() takes 'json', 'advanced' or a boolean, not ${showValue(given)}.`,
    );
  }
  return given;
}
