import type { ProcessSpec } from '../contracts/process-spec.js';
import { SecretTable } from './secret-table.js';

/** Beside the specification, not in it: what holds a specification can not give a secret away. */
const tables = new WeakMap<ProcessSpec, SecretTable>();

/** The secrets of the run that a specification describes. */
export function secretsOf(spec: ProcessSpec): SecretTable {
  let table = tables.get(spec);
  if (table === undefined) {
    table = new SecretTable();
    tables.set(spec, table);
  }
  return table;
}

/** Gives a specification the secrets of its run; returns it. */
export function withSecrets(spec: ProcessSpec, secrets: SecretTable): ProcessSpec {
  tables.set(spec, secrets);
  return spec;
}
