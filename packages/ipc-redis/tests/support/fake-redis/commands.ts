import { OK, type Reply } from './resp.js';
import { Stream, type EntryId, type Store, type Value } from './store.js';

/** Does what a command says, at once. */
type Command = (store: Store, args: readonly Buffer[]) => Reply;

const WRONG_TYPE = 'WRONGTYPE Operation against a key holding the wrong kind of value';

/** A command was not understood, or can not be done. */
export class CommandError extends Error {}

/** The commands that are used, in the form in which they are used, and no others. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  ping: () => ({ simple: 'PONG' }),
  info: () => Buffer.from('redis_version:7.0.0\r\nloading:0\r\nrole:master\r\n'),
  client: (_store, [what]) => {
    if (!/^setinfo$|^setname$/i.test(String(what))) throw new CommandError('ERR syntax error');
    return OK;
  },
  select: (_store, [index]) => {
    if (String(index) !== '0') throw new CommandError('ERR DB index is out of range');
    return OK;
  },
  get: (store, [key, ...rest]) => {
    none(rest);
    return text(store.get(name(key))) ?? null;
  },
  mget: (store, keys) => keys.map((key) => text(store.get(name(key))) ?? null),
  set: (store, [key, value, ...options]) => {
    const words = options.map((word) => word.toString().toLowerCase());
    const px = take(words, 'px');
    const isNew = words[0] === 'nx';
    if (isNew) words.shift();
    none(words);
    if (value === undefined) throw new CommandError('ERR syntax error');
    if (isNew && store.get(name(key)) !== undefined) return null;
    store.set(name(key), value);
    if (px !== undefined) store.expireAt(name(key), Date.now() + whole(px));
    return OK;
  },
  del: (store, keys) => keys.filter((key) => has(store, key) && store.delete(name(key))).length,
  keys: (store, [pattern, ...rest]) => {
    none(rest);
    const parts = String(pattern).split('*');
    const escaped = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    const expression = new RegExp(`^${escaped.join('.*')}$`);
    return store
      .keys()
      .filter((key) => expression.test(key))
      .map((key) => Buffer.from(key));
  },
  pexpire: (store, [key, ms, ...rest]) => {
    none(rest);
    if (!has(store, key)) return 0;
    store.expireAt(name(key), Date.now() + whole(String(ms)));
    return 1;
  },
  pttl: (store, [key, ...rest]) => {
    none(rest);
    if (!has(store, key)) return -2;
    const end = store.endOf(name(key));
    return end === undefined ? -1 : end - Date.now();
  },
  incrby: (store, [key, by, ...rest]) => {
    none(rest);
    const before = whole(String(text(store.get(name(key))) ?? 0));
    const after = before + whole(String(by));
    store.set(name(key), Buffer.from(String(after)));
    return after;
  },
  xadd: (store, [key, ...args]) => {
    const mayMake = args[0]?.toString().toLowerCase() !== 'nomkstream';
    const [id, ...fields] = mayMake ? args : args.slice(1);
    if (String(id) !== '*' || fields.length === 0 || fields.length % 2 !== 0) {
      throw new CommandError('ERR wrong number of arguments');
    }
    const stream = streamOf(store.get(name(key))) ?? (mayMake ? new Stream() : undefined);
    if (stream === undefined) return null;
    if (!has(store, key)) store.set(name(key), stream);
    store.touch(name(key));
    return idReply(stream.add(fields));
  },
  xlen: (store, [key]) => streamOf(store.get(name(key)))?.entries.length ?? 0,
  xtrim: (store, [key, how, id, ...rest]) => {
    none(rest);
    if (String(how).toLowerCase() !== 'minid') throw new CommandError('ERR syntax error');
    return streamOf(store.get(name(key)))?.removeBefore(idOf(String(id))) ?? 0;
  },
};

/** What `XREAD` is asked for. */
export interface ReadRequest {
  readonly count: number;
  /** In milliseconds; 0: for ever; `undefined`: it does not wait. */
  readonly block: number | undefined;
  readonly key: string;
  readonly after: EntryId;
}

/** Of one stream, as this package reads. */
export function readRequest(args: readonly Buffer[]): ReadRequest {
  const words = args.map(String);
  const count = take(words, 'count');
  const block = take(words, 'block');
  const [streams, key, after, ...rest] = words;
  none(rest);
  if (streams?.toLowerCase() !== 'streams' || key === undefined || after === undefined) {
    throw new CommandError('ERR syntax error');
  }
  return {
    count: whole(count ?? '0') || Number.POSITIVE_INFINITY,
    block: block === undefined ? undefined : whole(block),
    key,
    after: idOf(after),
  };
}

/** @returns `null` when there is nothing new */
export function read(store: Store, { key, after, count }: ReadRequest): Reply {
  const entries = streamOf(store.get(key))?.after(after, count) ?? [];
  if (entries.length === 0) return null;
  const found = entries.map(({ id, fields }) => [idReply(id), fields]);
  return [[Buffer.from(key), found]];
}

function take(words: string[], option: string): string | undefined {
  if (words[0]?.toLowerCase() !== option) return undefined;
  return words.splice(0, 2)[1];
}

function none(rest: readonly unknown[]): void {
  if (rest.length > 0) throw new CommandError('ERR syntax error');
}

function name(key: Buffer | undefined): string {
  if (key === undefined) throw new CommandError('ERR wrong number of arguments');
  return key.toString();
}

function has(store: Store, key: Buffer | undefined): boolean {
  return store.get(name(key)) !== undefined;
}

function text(value: Value | undefined): Buffer | undefined {
  if (value instanceof Stream) throw new CommandError(WRONG_TYPE);
  return value;
}

function streamOf(value: Value | undefined): Stream | undefined {
  if (Buffer.isBuffer(value)) throw new CommandError(WRONG_TYPE);
  return value;
}

function whole(word: string): number {
  if (!/^-?\d+$/.test(word)) throw new CommandError('ERR value is not an integer or out of range');
  return Number(word);
}

function idOf(word: string): EntryId {
  const [ms = '', number = '0'] = word.split('-');
  return [whole(ms), whole(number)];
}

function idReply([ms, number]: EntryId): Buffer {
  return Buffer.from(`${ms}-${number}`);
}
