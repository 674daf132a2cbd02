import { isatty } from 'node:tty';
import { parseCommand } from '../command/parse-command.js';
import type { Command } from '../contracts/command.js';
import type { IpcSerialization } from '../contracts/ipc.js';
import type { LaunchContext, LaunchStreams } from '../contracts/launchable.js';
import type { RetentionSpec } from '../contracts/output-spec.js';
import type { InputKind, ProcessSpec } from '../contracts/process-spec.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { inputKind } from '../input/input-stream.js';
import { ownOnly } from '../kernel/own-only.js';
import { SecretTable } from '../redaction/secret-table.js';
import { secretsOf, withSecrets } from '../redaction/spec-secrets.js';
import { hideSecrets, type HiddenTexts } from './hide-secrets.js';
import { CallSite } from '../diagnostics/call-site.js';
import type { ProcessDraft } from './process-draft.js';
import type { Run } from './run.js';

/**
 * Freezes what a pending process has been told into a run; later changes do not reach it.
 *
 * @throws {@link InvalidArgumentError} for what can not work together
 */
export function freezeRun(
  draft: ProcessDraft,
  given: LaunchContext = {},
  options: { readonly watched: boolean } = { watched: false },
): Run {
  const context = ownOnly(given);
  const described = freezeSpec(draft);
  const stdio = new OwnStreams(context.stdio);
  const spec = keepingLess(described, stdio);
  if (context.secrets !== undefined) secretsOf(spec).share(context.secrets);
  if (spec.retry.times > 0 && readsOnce(draft.input)) {
    throw new InvalidArgumentError(
      'A retried process can not take its input from something that can be read only once.',
    );
  }
  return {
    spec,
    attachments: {
      input: draft.input,
      signals: context.signal === undefined ? draft.signals : [...draft.signals, context.signal],
      onOutput: context.onOutput,
      retryWhen: draft.retryWhen,
      tees: { out: draft.tees.out, err: draft.tees.err },
      key: context.key,
      previousAttempts: context.previousAttempts ?? 0,
      stdio,
      callSite: context.callSite ?? CallSite.capture(),
      watched: options.watched,
    },
  };
}

/** Streams that have been given, and not what a polluted Object.prototype would give. */
class OwnStreams implements LaunchStreams {
  readonly stdout: LaunchStreams['stdout'];
  readonly stderr: LaunchStreams['stderr'];
  readonly #given: LaunchStreams;

  constructor(given: LaunchStreams = {}) {
    this.#given = given;
    this.stdout = saidBy(given, 'stdout');
    this.stderr = saidBy(given, 'stderr');
  }

  /** Looked at by every attempt: whoever launches may open the input anew for each. */
  get stdin(): LaunchStreams['stdin'] {
    return saidBy(this.#given, 'stdin');
  }
}

/** What an object says itself, or its class does, and not a polluted Object.prototype. */
function saidBy<T extends object, Key extends keyof T>(object: T, key: Key): T[Key] | undefined {
  let speaker: unknown = object;
  while (speaker !== null && speaker !== Object.prototype) {
    if (Object.hasOwn(speaker as object, key)) return object[key];
    speaker = Object.getPrototypeOf(speaker);
  }
  return undefined;
}

/** What goes elsewhere is not captured. A limit whose excess is an error still counts. */
function keepingLess(spec: ProcessSpec, streams: LaunchStreams): ProcessSpec {
  const stdout = streams.stdout === undefined ? spec.stdout : keepingNothing(spec.stdout);
  const stderr = streams.stderr === undefined ? spec.stderr : keepingNothing(spec.stderr);
  if (stdout === spec.stdout && stderr === spec.stderr) return spec;
  return Object.freeze(withSecrets({ ...spec, stdout, stderr }, secretsOf(spec)));
}

function keepingNothing(retention: RetentionSpec): RetentionSpec {
  return retention.policy === 'fail'
    ? retention
    : Object.freeze({ ...retention, policy: 'discard' });
}

/** The specification alone. */
export function freezeSpec(draft: ProcessDraft): ProcessSpec {
  const retention = (spec: RetentionSpec): RetentionSpec =>
    draft.quiet ? Object.freeze({ ...spec, policy: 'discard' as const }) : frozen(spec);
  const env = draft.env;
  const hidden = hideSecrets(draft);
  const tty = draft.tty === 'auto' ? isatty(0) && isatty(1) : draft.tty;
  const spec: ProcessSpec = {
    command: commandOf(draft, hidden),
    cwd: draft.cwd,
    env: Object.freeze({
      mode: env.mode,
      allow: frozenList(env.allow),
      set: frozen(hidden.variables),
      unset: frozenList(env.unset),
      expand: env.expand,
    }),
    preferLocal: draft.preferLocal,
    input: kindOfInput(draft),
    ipc: channelOf(draft),
    timeoutMs: draft.timeoutMs,
    // What goes to a terminal does not pass through here: nobody could tell silence.
    idleTimeoutMs: tty ? null : draft.idleTimeoutMs,
    killSignal: draft.killSignal,
    graceMs: draft.graceMs,
    drain: draft.drain,
    retry: draft.retry,
    stdout: retention(draft.stdout),
    stderr: retention(draft.stderr),
    quiet: draft.quiet,
    mergeStderr: isMerged(draft),
    tty,
    detached: draft.detached,
    encoding: draft.encoding,
    uid: draft.uid,
    gid: draft.gid,
    nice: draft.nice,
    limits: draft.limits,
    driver: draft.driver,
    tag: draft.tag,
    meta: frozen(draft.meta),
  };
  return Object.freeze(withSecrets(spec, hidden.secrets ?? new SecretTable()));
}

/** What is frozen already needs no copy: most of what a run is made of are the same defaults. */
function frozen<T extends object>(given: T): T {
  return Object.isFrozen(given) ? given : Object.freeze({ ...given });
}

function frozenList<T>(given: readonly T[]): readonly T[] {
  return Object.isFrozen(given) ? given : Object.freeze([...given]);
}

function commandOf(draft: ProcessDraft, { command: input, args }: HiddenTexts): Command {
  if (input === undefined) throw new InvalidArgumentError('There is no command to run.');
  const command = parseCommand(input, args, draft.shell);
  const usesDefault = command.kind === 'shell' && command.shell === null;
  return Object.freeze(usesDefault ? { ...command, shell: draft.defaultShell } : command);
}

function channelOf({ ipc, detached }: ProcessDraft): IpcSerialization | null {
  if (detached && ipc !== null && ipc !== false) {
    throw new InvalidArgumentError(
      'A detached process has no tie to this one, so it can not have a channel of messages: say ipc(false).',
    );
  }
  return ipc === false ? null : ipc;
}

/** There is one stream then: what was to become of the other would stay empty. */
function isMerged({ mergeStderr, stderrNamed, stdout, stderr, tees }: ProcessDraft): boolean {
  if (!mergeStderr || !stderrNamed) return mergeStderr;
  const own = stderr.policy !== stdout.policy || stderr.limit !== stdout.limit;
  if (!own && stderr.file === null && tees.err === undefined) return true;
  throw new InvalidArgumentError(
    'With mergeStderr() there is only stdout, so stderr can not be kept in a way of its own: say what to keep, and ' +
      'which file or tee gets it, of stdout.',
  );
}

function kindOfInput(draft: ProcessDraft): InputKind {
  const kind = inputKind(draft.input);
  if (!draft.interactive) return kind;
  if (kind !== 'none') {
    throw new InvalidArgumentError(
      'A process is either given its input or interactive(), not both.',
    );
  }
  return 'interactive';
}

/** A stream, a process or an iterator: a second attempt would find it empty. */
export function readsOnce(source: unknown): boolean {
  const kind = inputKind(source);
  if (kind === 'stream' || kind === 'process') return true;
  if (kind !== 'iterable') return false;
  const iterable = source as {
    [Symbol.iterator]?: () => unknown;
    [Symbol.asyncIterator]?: () => unknown;
  };
  return (
    'next' in (source as object) ||
    (iterable[Symbol.iterator] ?? iterable[Symbol.asyncIterator]) === undefined
  );
}
