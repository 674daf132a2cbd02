import type { ProcessSpec } from '../contracts/process-spec.js';
import { Given } from '../kernel/given.js';
import { SecretTable } from './secret-table.js';

/**
 * Beside what a specification says: what holds one can not give a secret away. A private field, since a WeakMap keeps
 * the runs of some time until a full collection: the tables that it has outgrown refer to those that came after.
 */
class Stamp extends Given {
  #secrets: SecretTable;

  private constructor(spec: ProcessSpec, secrets: SecretTable) {
    super(spec);
    this.#secrets = secrets;
  }

  static read(spec: ProcessSpec): SecretTable | undefined {
    return #secrets in spec ? spec.#secrets : ofFrozen.get(spec);
  }

  static write(spec: ProcessSpec, secrets: SecretTable): void {
    if (#secrets in spec) spec.#secrets = secrets;
    else if (Object.isExtensible(spec)) new Stamp(spec, secrets);
    else ofFrozen.set(spec, secrets);
  }
}

/** Of specifications that a middleware has made and frozen: V8 is to give those no private fields any more. */
const ofFrozen = new WeakMap<ProcessSpec, SecretTable>();

/** The secrets of the run that a specification describes. */
export function secretsOf(spec: ProcessSpec): SecretTable {
  let table = Stamp.read(spec);
  if (table === undefined) {
    table = new SecretTable();
    Stamp.write(spec, table);
  }
  return table;
}

/** Gives a specification the secrets of its run; returns it. */
export function withSecrets(spec: ProcessSpec, secrets: SecretTable): ProcessSpec {
  Stamp.write(spec, secrets);
  return spec;
}
