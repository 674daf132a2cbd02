import type { CommandInput } from '../contracts/command.js';
import type { CommandDescription } from '../contracts/process-options.js';
import type { EntryBuilder, KeyedEntry } from '../contracts/entry-builder.js';
import type { Launchable } from '../contracts/launchable.js';
import type { ProcessManager } from '../contracts/process-manager.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { defineHidden } from '../kernel/define-hidden.js';
import { readObject } from '../kernel/read-object.js';
import type { PendingProcess } from '../process/pending-process.js';
import { isRunningProcess } from '../process/running-process-brand.js';
import { Starters } from './starters.js';
import { showWrongEntry } from './wrong-entry.js';

/** Something to launch, with its key: for lists, what `as` is for builders. */
export interface EntryDescription {
  readonly entry: Launchable;
  /** Its key in a pool or pipeline. */
  readonly key?: string | undefined;
}

/** What lists and iterables of a pool or pipeline may hold: a command, or a launchable, with or without options. */
export type EntryInput = CommandInput | CommandDescription | EntryDescription | Launchable;

/** What can be said of an entry besides its key, where the owner of the list knows more than keys. */
export interface EntryAttributes<Attributes extends object> {
  /** The keys of an input that are attributes, and so no options of its command. */
  readonly names: readonly string[];
  /** Checks what has been said. @throws {@link InvalidArgumentError} */
  read(given: Readonly<Record<string, unknown>>): Attributes;
}

/** An entry with its key and what else has been said of it. */
export type AttributedEntry<Attributes extends object> = KeyedEntry & {
  readonly attributes: Attributes;
};

type Said = Readonly<Record<string, unknown>>;
type NoAttributes = Readonly<Record<string, unknown>>;

const NOTHING: Said = Object.freeze({});

/** Collects the entries of a pool or a pipeline, each under its name or its position. */
export class EntryList<Attributes extends object = NoAttributes> {
  /** What the user's callback is given. */
  readonly builder: EntryBuilder;
  readonly #manager: ProcessManager;
  readonly #owner: 'pool' | 'pipeline';
  readonly #attributes: EntryAttributes<Attributes> | undefined;
  readonly #entries: AttributedEntry<Attributes>[] = [];
  readonly #names = new Set<string>();
  #nextName: string | undefined;
  #nextSaid = NOTHING;

  /** @param attributes - default: there are none */
  constructor(
    manager: ProcessManager,
    owner: 'pool' | 'pipeline',
    attributes?: EntryAttributes<Attributes>,
  ) {
    this.#manager = manager;
    this.#owner = owner;
    this.#attributes = attributes;
    this.builder = withMacros(new RecordingBuilder(manager, this), manager);
  }

  /** @throws {@link InvalidArgumentError} when the last key or attribute has been given to no entry */
  get entries(): readonly AttributedEntry<Attributes>[] {
    this.#requireNoName();
    const [attribute] = Object.keys(this.#nextSaid);
    if (attribute === undefined) return this.#entries;
    throw new InvalidArgumentError(
      `The ${this.#owner} has ${attribute}() without an entry: it describes the next one.`,
    );
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

  /**
   * Says an attribute of the entry that is added next.
   *
   * @param combine - makes one value of the one that has been said before, if any, and this one
   * @throws {@link InvalidArgumentError} for what it can not be
   */
  describeNext(name: string, combine: (before: unknown) => unknown): void {
    const said = { ...this.#nextSaid, [name]: combine(this.#nextSaid[name]) };
    this.#read(said);
    this.#nextSaid = said;
  }

  add<Entry extends Launchable>(entry: Entry): Entry {
    this.#append(entry);
    return entry;
  }

  #append(entry: Launchable): AttributedEntry<Attributes> {
    if (!isLaunchable(entry)) {
      throw new InvalidArgumentError(`An entry of a ${this.#owner} must be something to launch.`);
    }
    const attributes = this.#read(this.#nextSaid);
    const key = this.#nextName ?? this.#entries.length;
    if (typeof key === 'string') this.#names.add(key);
    this.#nextName = undefined;
    this.#nextSaid = NOTHING;
    const added = { key, entry, attributes };
    this.#entries.push(added);
    return added;
  }

  /**
   * Adds one item of a list.
   *
   * @throws {@link InvalidArgumentError} when it is neither a command, a description nor a launchable
   */
  addInput(input: EntryInput, key?: string): AttributedEntry<Attributes> {
    const { name, entry, said } = this.#entryOf(input);
    const wanted = key ?? name;
    if (said !== undefined) this.#read(said);
    if (wanted !== undefined) this.nameNext(wanted);
    if (said !== undefined) this.#nextSaid = said;
    return this.#append(entry);
  }

  #read(said: Said): Attributes {
    return this.#attributes?.read(said) ?? (NOTHING as Attributes);
  }

  #requireNoName(): void {
    if (this.#nextName === undefined) return;
    throw new InvalidArgumentError(
      `The ${this.#owner} has the key "${this.#nextName}" without an entry: as() names the next one.`,
    );
  }

  #entryOf(input: EntryInput): ReadInput {
    if (typeof input === 'string' || Array.isArray(input)) {
      return { entry: this.#manager.command(input as string | readonly string[]) };
    }
    if (isLaunchable(input)) return { entry: input };
    const given: unknown = input;
    if (isDescribed(given)) {
      const { said, rest } = this.#separate(given);
      return { ...this.#described(rest), said };
    }
    throw new InvalidArgumentError(
      `An entry of a ${this.#owner} is a command, { command, …options }, { entry, … } or something to launch; ` +
        `got ${showWrongEntry(given)}`,
    );
  }

  #described(given: Said): ReadInput {
    if ('command' in given) {
      const { command, args, key, ...options } = given as unknown as CommandDescription;
      return { name: key, entry: this.#manager.command(command, args).options(options) };
    }
    const known = ['entry', 'key', ...(this.#attributes?.names ?? [])];
    const what = `Something to launch is given to a ${this.#owner} as it is, or in`;
    const { entry, key } = readObject(given as unknown as EntryDescription, what, known);
    return { name: key, entry };
  }

  /** What an input says of the entry in this list, and what it says of the command. */
  #separate(given: Said): { readonly said?: Said; readonly rest: Said } {
    const names = this.#attributes?.names.filter((name) => Object.hasOwn(given, name)) ?? [];
    if (names.length === 0) return { rest: given };
    const rest = { ...given };
    const said: Record<string, unknown> = {};
    for (const name of names) {
      said[name] = given[name];
      Reflect.deleteProperty(rest, name);
    }
    return { said, rest };
  }
}

/** One item of a list, taken apart. */
interface ReadInput {
  readonly name?: string | undefined;
  readonly entry: Launchable;
  readonly said?: Said | undefined;
}

/** The part of a list that its builder needs. */
type Receiver = Pick<EntryList, 'nameNext' | 'add'>;

class RecordingBuilder extends Starters implements Pick<EntryBuilder, 'as' | 'add'> {
  readonly #manager: ProcessManager;
  readonly #list: Receiver;

  constructor(manager: ProcessManager, list: Receiver) {
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

/** A process that has been started has a `command` as well. */
function isDescribed(given: unknown): given is Said {
  if (typeof given !== 'object' || given === null || isRunningProcess(given)) return false;
  return 'command' in given || 'entry' in given;
}
