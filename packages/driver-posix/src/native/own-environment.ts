import { Buffer } from 'node:buffer';
import { types } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import type { Pointers } from './c-strings.js';
import type { Symbols } from './symbols.js';

/** What of `Libc` it uses. */
interface EnvironmentLibrary {
  readonly symbols: Pick<Symbols, 'environment'>;
  readonly pointers: Pick<Pointers, 'size'>;
}

/** By which it is seen whether what is written to an object is written to the environment. */
const TRIAL = 'PROC_ENVIRONMENT_TRIAL';

/**
 * The environment of this process as the C library has it: a list of pointers, of which a copy is made in no time.
 * `process.env` would make each string anew, and it would have to be encoded again.
 */
export class OwnEnvironment {
  readonly #calls: Symbols['environment'];
  /** Of the list, the null pointer at its end included. */
  #length = 0;
  #known: NodeJS.ProcessEnv | undefined;
  #knownIsOwn = false;
  readonly #list = new BigUint64Array(1);

  constructor({ symbols, pointers }: EnvironmentLibrary) {
    // A thread has variables of its own, or shares ours and changes them at any moment.
    this.#calls = isMainThread && pointers.size === 8 ? symbols.environment : undefined;
  }

  /**
   * A copy of the list of pointers, as it is now.
   *
   * @param env - what takes itself for the environment of this process: a test, for one, may have replaced it
   * @returns `undefined` where `env` has to be read
   */
  copyOf(env: NodeJS.ProcessEnv): Buffer | undefined {
    const calls = this.#calls;
    if (calls === undefined) return undefined;
    if (env !== this.#known) {
      this.#known = env;
      this.#knownIsOwn = this.#isOwn(env, calls);
    }
    return this.#knownIsOwn ? this.#copy(calls) : undefined;
  }

  #copy(calls: NonNullable<Symbols['environment']>): Buffer {
    calls.copy(this.#list, calls.address, 8);
    const [first = 0n] = this.#list;
    if (this.#length === 0) this.#length = this.#count(first, calls);
    const copy = this.#copied(first, calls);
    if (isNull(copy, this.#length - 1) && !isNull(copy, this.#length - 2)) return copy;
    this.#length = this.#count(first, calls);
    return this.#copied(first, calls);
  }

  #copied(first: bigint, calls: NonNullable<Symbols['environment']>): Buffer {
    const copy = Buffer.allocUnsafe(this.#length * 8);
    calls.copy(copy, first, copy.length);
    return copy;
  }

  #count(first: bigint, calls: NonNullable<Symbols['environment']>): number {
    const pointer = Buffer.alloc(8);
    for (let length = 0; ; length++) {
      calls.copy(pointer, first + BigInt(length * 8), 8);
      if (isNull(pointer, 0)) return length + 1;
    }
  }

  /** Whether it is the environment itself: not a copy, nor anything that hides or adds a variable. */
  #isOwn(env: NodeJS.ProcessEnv, calls: NonNullable<Symbols['environment']>): boolean {
    if (types.isProxy(env)) return false;
    try {
      env[TRIAL] = '1';
      const isWritten = calls.get(TRIAL) !== null;
      Reflect.deleteProperty(env, TRIAL);
      calls.copy(this.#list, calls.address, 8);
      const [first = 0n] = this.#list;
      return isWritten && this.#count(first, calls) === Object.keys(env).length + 1;
    } catch {
      return false;
    }
  }
}

function isNull(pointers: Buffer, index: number): boolean {
  return pointers.readUInt32LE(index * 8) === 0 && pointers.readUInt32LE(index * 8 + 4) === 0;
}
