import { AUTO_SHELL, type ShellChoice } from '../command/parse-command.js';
import type { CommandInput, CommandWord } from '../contracts/command.js';
import type { DrainSpec } from '../contracts/drain.js';
import type { EnvironmentSpec } from '../contracts/environment-spec.js';
import type { InputSource } from '../contracts/input-source.js';
import type { IpcSerialization } from '../contracts/ipc.js';
import type { RetentionSpec } from '../contracts/output-spec.js';
import type { ResourceLimits } from '../contracts/resource-limits.js';
import type { RetryPredicate, RetrySpec } from '../contracts/retry.js';
import type { EnvironmentDraft } from './merge-environment.js';
import { DEFAULT_DRAIN } from './resolve-drain.js';
import { UNLIMITED } from './resolve-limits.js';

type Changeable<T> = { -readonly [Key in keyof T]: T[Key] };

/** The environment of a child as it has been described so far. */
type EnvironmentSettings = Changeable<Omit<EnvironmentSpec, 'set'>> & EnvironmentDraft;

/** What a `PendingProcess` has been told so far. */
export interface ProcessDraft {
  command: CommandInput | undefined;
  args: readonly CommandWord[] | undefined;
  shell: ShellChoice;
  /** The shell for lines that need one; `null` means the platform's. */
  defaultShell: string | null;
  cwd: string | null;
  env: EnvironmentSettings;
  preferLocal: string | true | null;
  input: InputSource;
  interactive: boolean;
  /** `false`: none, whatever is run; `null`: not decided. */
  ipc: IpcSerialization | false | null;
  timeoutMs: number | null;
  idleTimeoutMs: number | null;
  killSignal: NodeJS.Signals;
  graceMs: number;
  drain: DrainSpec;
  retry: RetrySpec;
  retryWhen: RetryPredicate | undefined;
  stdout: RetentionSpec;
  stderr: RetentionSpec;
  tees: { out: NodeJS.WritableStream | undefined; err: NodeJS.WritableStream | undefined };
  quiet: boolean;
  mergeStderr: boolean;
  /** Whether something was said about stderr by its name. */
  stderrNamed: boolean;
  tty: boolean | 'auto';
  detached: boolean;
  encoding: BufferEncoding;
  uid: number | null;
  gid: number | null;
  nice: number | null;
  limits: ResourceLimits;
  driver: string | null;
  tag: string | null;
  meta: Readonly<Record<string, unknown>>;
  signals: readonly AbortSignal[];
}

/** The memory that a stream may take before it spills to a file, in bytes. */
export const SPILL_THRESHOLD = 1024 * 1024;

/** What most runs go by. Frozen, so that each can have the same one. */
const KEEP_ALL: RetentionSpec = Object.freeze({
  policy: 'spill',
  limit: SPILL_THRESHOLD,
  file: null,
});
const NO_RETRY: RetrySpec = Object.freeze({ times: 0, delayMs: 0, factor: 1 });
const NONE: readonly never[] = Object.freeze([]);
const NOTHING: Readonly<Record<string, never>> = Object.freeze({});

/** A draft before anything has been said. */
export function emptyDraft(): ProcessDraft {
  return {
    command: undefined,
    args: undefined,
    shell: AUTO_SHELL,
    defaultShell: null,
    cwd: null,
    env: { mode: 'inherit', allow: NONE, set: NOTHING, unset: NONE, expand: false },
    preferLocal: null,
    input: null,
    interactive: false,
    ipc: null,
    timeoutMs: null,
    idleTimeoutMs: null,
    killSignal: 'SIGTERM',
    graceMs: 5000,
    drain: DEFAULT_DRAIN,
    retry: NO_RETRY,
    retryWhen: undefined,
    stdout: KEEP_ALL,
    stderr: KEEP_ALL,
    tees: { out: undefined, err: undefined },
    quiet: false,
    mergeStderr: false,
    stderrNamed: false,
    tty: false,
    detached: false,
    encoding: 'utf8',
    uid: null,
    gid: null,
    nice: null,
    limits: UNLIMITED,
    driver: null,
    tag: null,
    meta: NOTHING,
    signals: NONE,
  };
}

/** A draft that can be changed without changing the other. */
export function copyDraft(draft: ProcessDraft): ProcessDraft {
  return { ...draft, env: { ...draft.env }, tees: { ...draft.tees } };
}
