import { didYouMean } from '../command/nearest.js';
import type { ProcessOptions } from '../contracts/process-options.js';
import type { RetryOptions } from '../contracts/retry.js';
import { shorten } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { readObject } from '../kernel/read-object.js';
import { requireFlag } from '../kernel/require-flag.js';
import { readRetry } from './resolve-retry.js';
import type { ProcessSettings } from './process-settings.js';

type Apply<Key extends keyof ProcessOptions> = (
  settings: ProcessSettings,
  value: Exclude<ProcessOptions[Key], undefined>,
  options: ProcessOptions,
) => void;

const inheritEnv = (settings: ProcessSettings, value: boolean): void => {
  if (requireFlag(value, 'inheritEnv')) settings.withInheritedEnv();
  else settings.withoutInheritedEnv();
};
const retryOf = (options: ProcessOptions): RetryOptions => {
  const given = options.retry ?? options.retryAttempts ?? 0;
  const retry = typeof given === 'number' ? { times: given } : readRetry(given);
  return options.retryDelay === undefined ? retry : { delay: options.retryDelay, ...retry };
};

/** Every option, and the setting that it stands for. */
const OPTIONS: { readonly [Key in keyof Required<ProcessOptions>]: Apply<Key> } = {
  cwd: (settings, value) => settings.path(value),
  workingDirectory: (settings, value) => settings.path(value),
  env: (settings, value) => settings.env(value),
  environment: (settings, value) => settings.env(value),
  inheritEnv,
  includeParentEnvironment: inheritEnv,
  shell: (settings, value) => settings.shell(value),
  runInShell: (settings, value) => settings.shell(value),
  preferLocal: (settings, value) => settings.preferLocal(value),
  input: (settings, value) => settings.input(value),
  timeout: (settings, value) => settings.timeout(value),
  idleTimeout: (settings, value) => settings.idleTimeout(value),
  quiet: (settings, value) => {
    if (requireFlag(value, 'quiet')) settings.quietly();
  },
  tty: (settings, value) => settings.tty(value),
  driver: (settings, value) => settings.driver(value),
  signal: (settings, value) => settings.abortWith(value),
  killSignal: (settings, value) => settings.killWith(value),
  grace: (settings, value) => settings.grace(value),
  drain: (settings, value) => settings.drain(value),
  retry: (settings, _, options) => settings.retry(retryOf(options)),
  retryAttempts: (settings, _, options) => settings.retry(retryOf(options)),
  retryDelay: (settings, _, options) => settings.retry(retryOf(options)),
  output: (settings, value) => settings.output(value),
  mergeStderr: (settings, value) => {
    if (requireFlag(value, 'mergeStderr')) settings.mergeStderr();
  },
  detached: (settings, value) => {
    if (requireFlag(value, 'detached')) settings.detach();
  },
  uid: (settings, value) => settings.user(value),
  gid: (settings, value) => settings.group(value),
  nice: (settings, value) => settings.nice(value),
  limits: (settings, value) => settings.limits(value),
  interactive: (settings, value) => {
    if (requireFlag(value, 'interactive')) settings.interactive();
  },
  ipc: (settings, value) => settings.ipc(value),
  encoding: (settings, value) => settings.encoding(value),
  tag: (settings, value) => settings.tag(value),
  meta: (settings, value) => settings.meta(value),
};

/** What is said of an option of a process that is given to what has several of them. */
export function processOptionHint(key: string, of: string): string | undefined {
  return Object.hasOwn(OPTIONS, key)
    ? ` It is an option of a process, and goes with each ${of}.`
    : undefined;
}

const A_RESULT = ' A non-zero exit is a result: use runOrFail(), or throw() of the result.';

/** What options of `child_process`, execa, zx and of Python's `subprocess` are called here. */
const ELSEWHERE: Readonly<Record<string, string>> = Object.assign(
  Object.create(null) as Record<string, string>,
  {
    all: ' Use mergeStderr.',
    buffer: ' Use quiet, or output.',
    cancelSignal: ' Use signal.',
    capture_output: ' Output is kept unless quiet says otherwise.',
    check: A_RESULT,
    cleanup: ' Use detached, or orphans of the configuration.',
    extendEnv: ' Use inheritEnv.',
    forceKillAfterDelay: ' Use grace.',
    gracefulCancel: ' Use signal: the program is sent killSignal, and after grace SIGKILL.',
    inputFile: ' Use input with a file: URL.',
    lines: ' Use lines() of the result or of the running process.',
    localDir: ' Use preferLocal.',
    maxBuffer: ' Use output, or maxOutput().',
    maxOutput: ' Use output, or maxOutput().',
    node: ' Use node(script).',
    nothrow: ' A non-zero exit is a result: nothing throws.',
    reject: A_RESULT,
    serialization: ' Use ipc.',
    stdin: ' Use input.',
    stdio: ' Use input, output (with tee: process.stdout to see it live), quiet, or tty.',
    stdout: ' Use output.',
    stderr: ' Use output.',
    stripFinalNewline: ' Use output().trimEnd(), or lines() of the result.',
    sync: ' There are no synchronous calls.',
    timeoutSignal: ' Use killSignal.',
    verbose: ' Set NODE_DEBUG=proc, or listen to events.',
    windowsHide: ' Windows of programs are always hidden.',
  },
);

/**
 * Applies an options object. Only own properties count, so a polluted prototype changes nothing.
 *
 * @throws {@link InvalidArgumentError} for an unknown key (with the nearest one) or a bad value
 */
export function applyOptions(settings: ProcessSettings, options: ProcessOptions): void {
  const own = readObject(options, 'Options are given as');
  for (const key of Object.keys(own)) {
    if (!Object.hasOwn(OPTIONS, key)) {
      throw new InvalidArgumentError(
        `Unknown option: "${shorten(key)}".${ELSEWHERE[key] ?? didYouMean(key, Object.keys(OPTIONS))}`,
      );
    }
    const name = key as keyof ProcessOptions;
    const value = own[name];
    if (value !== undefined) (OPTIONS[name] as Apply<typeof name>)(settings, value as never, own);
  }
}
