import type {
  DriverCapabilities,
  InputSource,
  Launchable,
  PipeEnds,
  ProcessSpec,
  StreamName,
} from '@proc/core';
import { secretsOf, type SecretTable } from '@proc/core/internal';

/** An entry that is a single command: what pipelines need to know of a `PendingProcess`. */
export interface CommandEntry extends Launchable {
  driverCapabilities(): DriverCapabilities;
  openPipe?(): PipeEnds | undefined;
  toSpec(): ProcessSpec;
  clone(): CommandEntry;
  mergeStderr(): this;
}

/** Whether an entry is a single command rather than a pipeline, a function or a launchable of somebody's own. */
export function isCommand(entry: Launchable): entry is CommandEntry {
  return 'driverCapabilities' in entry && 'toSpec' in entry;
}

/** The specification of a command; `undefined` for other entries, and when it is not complete. */
export function specOf(entry: Launchable | undefined): ProcessSpec | undefined {
  if (entry === undefined || !isCommand(entry)) return undefined;
  try {
    return entry.toSpec();
  } catch {
    // Launching it says what is wrong.
    return undefined;
  }
}

/** Takes in the secrets of a command. */
export function includeSecrets(secrets: SecretTable, entry: Launchable): void {
  const spec = specOf(entry);
  if (spec !== undefined) secrets.include(secretsOf(spec));
}

/** Whether a command can be given descriptors of this process as its standard streams. */
export function takesDescriptors(entry: Launchable): boolean {
  if (!isCommand(entry)) return false;
  try {
    const { kernelPipes, remote } = entry.driverCapabilities();
    return kernelPipes && !remote;
  } catch {
    return false;
  }
}

/** A pipe that the driver of a command makes; `undefined` where it can not. */
export function pipeOf(entry: Launchable): PipeEnds | undefined {
  if (!isCommand(entry)) return undefined;
  try {
    return entry.openPipe?.();
  } catch {
    // There may be another way, and without one the bytes are copied.
    return undefined;
  }
}

/** What a specification does not tell, being plain data: where `PendingProcess` keeps it. */
interface DraftHolder {
  readonly draft?: {
    readonly input?: InputSource;
    readonly tees?: { readonly out?: unknown; readonly err?: unknown };
  };
}

/** Whether a command gives a copy of a stream to another one. */
export function teesStream(entry: Launchable, stream: StreamName): boolean {
  const { draft } = entry as DraftHolder;
  return draft?.tees?.[stream === 'stdout' ? 'out' : 'err'] !== undefined;
}

/** The input that a command has been given itself. */
export function commandInput(entry: Launchable | undefined): InputSource | undefined {
  return (entry as DraftHolder | undefined)?.draft?.input;
}
