import type { CommandDescription } from '../contracts/process-options.js';
import type { EntryBuilder, KeyedEntry } from '../contracts/entry-builder.js';
import type { Launchable } from '../contracts/launchable.js';
import type { ProcessManager } from '../contracts/process-manager.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { defineHidden } from '../kernel/define-hidden.js';
import type { PendingProcess } from '../process/pending-process.js';
import { Starters } from './starters.js';

/** What lists and iterables of a pool or pipeline may hold: a command, a command with options, or a launchable. */
export type EntryInput = string | readonly string[] | CommandDescription | Launchable;

/** Collects the entries of a pool or a pipeline, each under its name or its position. */
export class EntryList {
  /** What the user's callback is given. */
  readonly builder: EntryBuilder;
  readonly #manager: ProcessManager;
  readonly #owner: 'pool' | 'pipeline';
  readonly #entries: KeyedEntry[] = [];
  readonly #names = new Set<string>();
  #nextName: string | undefined;

  constructor(manager: ProcessManager, owner: 'pool' | 'pipeline') {
    this.#manager = manager;
    this.#owner = owner;
    this.builder = withMacros(new RecordingBuilder(manager, this), manager);
  }

  /** @throws {@link InvalidArgumentError} when the last key has been given to no entry */
  get entries(): readonly KeyedEntry[] {
    this.#requireNoName();
    return this.#entries;
  }

  /** @throws {@link InvalidArgumentError} when the key is taken, empty, or the last one has not been used */
  nameNext(key: string): void {
    if (typeof key !== 'string' || key === '') {
      throw new InvalidArgumentError(
        `The key of an entry of a ${this.#owner} is a non-empty string.`,
      );
    }
    if (this.#names.has(key)) {
      throw new InvalidArgumentError(`The ${this.#owner} has an entry "${key}" already.`);
    }
    this.#requireNoName();
    this.#nextName = key;
  }

  add<Entry extends Launchable>(entry: Entry): Entry {
    if (!isLaunchable(entry)) {
      throw new InvalidArgumentError(`An entry of a ${this.#owner} must be something to launch.`);
    }
    const key = this.#nextName ?? this.#entries.length;
    if (typeof key === 'string') this.#names.add(key);
    this.#nextName = undefined;
    this.#entries.push({ key, entry });
    return entry;
  }

  /**
   * Adds one item of a list.
   *
   * @throws {@link InvalidArgumentError} when it is neither a command, a description nor a launchable
   */
  addInput(input: EntryInput, key?: string): KeyedEntry {
    const { name, entry } = this.#entryOf(input);
    const wanted = key ?? name;
    if (wanted !== undefined) this.nameNext(wanted);
    this.add(entry);
    return { key: wanted ?? this.#entries.length - 1, entry };
  }

  #requireNoName(): void {
    if (this.#nextName === undefined) return;
    throw new InvalidArgumentError(
      `The ${this.#owner} has the key "${this.#nextName}" without an entry: as() names the next one.`,
    );
  }

  #entryOf(input: EntryInput): { readonly name?: string | undefined; readonly entry: Launchable } {
    if (typeof input === 'string' || Array.isArray(input)) {
      return { entry: this.#manager.command(input as string | readonly string[]) };
    }
    if (isLaunchable(input)) return { entry: input };
    const given: unknown = input;
    if (typeof given === 'object' && given !== null && 'command' in given) {
      const { command, args, key, ...options } = given as CommandDescription;
      return { name: key, entry: this.#manager.command(command, args).options(options) };
    }
    throw new InvalidArgumentError(
      `An entry of a ${this.#owner} is a command, { command, …options } or something to launch; ` +
        `got ${given === null ? 'null' : typeof given}.`,
    );
  }
}

class RecordingBuilder extends Starters implements Pick<EntryBuilder, 'as' | 'add'> {
  readonly #manager: ProcessManager;
  readonly #list: EntryList;

  constructor(manager: ProcessManager, list: EntryList) {
    super();
    this.#manager = manager;
    this.#list = list;
  }

  as(key: string): this {
    this.#list.nameNext(key);
    return this;
  }

  add<Entry extends Launchable>(entry: Entry): Entry {
    return this.#list.add(entry);
  }

  newPendingProcess(): PendingProcess {
    return this.#list.add(this.#manager.newPendingProcess());
  }
}

/** Gives a builder the verbs that plug-ins have registered. */
function withMacros(builder: RecordingBuilder, manager: ProcessManager): EntryBuilder {
  for (const [name, make] of manager.entryMacros()) {
    defineHidden(builder, name, (...args: never[]) => builder.add(make(...args)));
  }
  return builder;
}

function isLaunchable(value: unknown): value is Launchable {
  return (
    typeof value === 'object' &&
    value !== null &&
    'launch' in value &&
    typeof value.launch === 'function'
  );
}
