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

type Calls = NonNullable<Symbols['environment']>;

/** By which it is seen whether what is written to an object is written to the environment. */
const TRIAL = 'PROC_ENVIRONMENT_TRIAL';

/**
 * The environment of this process as the C library has it: a list of pointers, of which a copy is made in no time.
 * `process.env` would make each string anew, and it would have to be encoded again.
 *
 * As for every reader of `environ(7)`, nobody may write to it meanwhile: no thread that shares it (`SHARE_ENV`), and no
 * library in a thread of its own.
 */
export class OwnEnvironment {
  readonly #calls: Calls | undefined;
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

  #copy(calls: Calls): Buffer {
    const first = this.#first(calls);
    const copy = this.#copied(first, calls);
    if (isWhole(copy)) return copy;
    this.#length = this.#count(first, calls);
    return this.#copied(first, calls);
  }

  /** The address of the list, which changes as it grows. */
  #first(calls: Calls): bigint {
    calls.copy(this.#list, calls.address, 8);
    return this.#list[0] ?? 0n;
  }

  #copied(first: bigint, calls: Calls): Buffer {
    const copy = Buffer.allocUnsafe(this.#length * 8);
    calls.copy(copy, first, copy.length);
    return copy;
  }

  #count(first: bigint, calls: Calls): number {
    const pointer = Buffer.alloc(8);
    for (let length = 0; ; length++) {
      calls.copy(pointer, first + BigInt(length * 8), 8);
      if (isNull(pointer, 0)) return length + 1;
    }
  }

  /** Whether it is the environment itself: not a copy, nor anything that hides or adds a variable. */
  #isOwn(env: NodeJS.ProcessEnv, calls: Calls): boolean {
    if (types.isProxy(env)) return false;
    try {
      env[TRIAL] = '1';
      const isWritten = calls.get(TRIAL) !== null;
      Reflect.deleteProperty(env, TRIAL);
      return isWritten && this.#count(this.#first(calls), calls) === Object.keys(env).length + 1;
    } catch {
      return false;
    }
  }
}

/** Whether it has one null pointer, at its end: then the list is neither longer nor shorter by now. */
function isWhole(pointers: Buffer): boolean {
  const last = pointers.length / 8 - 1;
  return last >= 0 && isNull(pointers, last) && (last === 0 || !isNull(pointers, last - 1));
}

function isNull(pointers: Buffer, index: number): boolean {
  return pointers.readUInt32LE(index * 8) === 0 && pointers.readUInt32LE(index * 8 + 4) === 0;
}
