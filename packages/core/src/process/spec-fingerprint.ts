import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { InputSource } from '../contracts/input-source.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { bytesIn } from '../input/bytes-in.js';

/** What of a specification, and of its input, changes what is run. Where a secret stands there is its mark. */
export function specFingerprint(spec: ProcessSpec, input: InputSource): unknown {
  return {
    command: spec.command,
    cwd: resolve(spec.cwd ?? '.'),
    env: { ...spec.env, set: Object.entries(spec.env.set).sort(byName) },
    preferLocal: spec.preferLocal,
    input: inputFingerprint(spec, input),
    ipc: spec.ipc,
    mergeStderr: spec.mergeStderr,
    tty: spec.tty,
    detached: spec.detached,
    uid: spec.uid,
    gid: spec.gid,
    nice: spec.nice,
    limits: spec.limits,
    driver: spec.driver,
  };
}

/** Values by their content, secret ones by their marks, files by their place, and what can be read once by its kind. */
function inputFingerprint({ input: kind }: ProcessSpec, input: InputSource): unknown {
  // Also a secret and a URL have a text.
  if (kind === 'text' || kind === 'file')
    return [kind, digest(String(input as string | number | URL))];
  const bytes = kind === 'bytes' ? bytesIn(input) : undefined;
  return bytes === undefined ? [kind] : [kind, digest(bytes)];
}

function digest(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
