import { once } from 'node:events';
import type * as ExecaModule from 'execa' with { 'resolution-mode': 'import' };
import type { LaunchSpec, ProcessDriver } from '../contracts/process-driver.js';
import type { ProcessHandle } from '../contracts/process-handle.js';
import { unpolluted } from '../kernel/unpolluted.js';
import { ChildHandle } from './child-handle.js';
import { noteShortage, requireDescriptors } from './descriptor-room.js';
import { execaOptions } from './execa-options.js';
import { loadExeca } from './load-execa.js';
import { localCapabilities } from './local-capabilities.js';
import { directLaunch, preludedLaunch } from './local-launch.js';
import { trySpawn } from './try-spawn.js';

/**
 * Starts programs with execa, which resolves local binaries and Windows' batch files and escapes for them. All of
 * execa's own capturing, timing and rejecting is off: core does that once for all drivers.
 *
 * execa is loaded at the first start.
 */
export class ExecaDriver implements ProcessDriver {
  readonly name = 'execa';
  readonly capabilities = localCapabilities;
  #loading: Promise<typeof ExecaModule> | undefined;
  #loaded: typeof ExecaModule | undefined;

  prepare(): Promise<void> | undefined {
    return this.#loaded === undefined ? this.#load().then(() => undefined) : undefined;
  }

  async start(launch: LaunchSpec): Promise<ProcessHandle> {
    const { execa } = this.#loaded ?? (await this.#load());
    const words = directLaunch(launch) ?? (await preludedLaunch(launch));
    const options = execaOptions(launch, words);
    requireDescriptors();
    const { child, failure: systemError } = trySpawn(() =>
      unpolluted(() => execa(words.file, words.args, options)),
    );
    if (child === undefined) throw noteShortage(await systemError);
    // execa lets an unread stream flow, and so loses what it carries; one that is paused on purpose it leaves alone.
    child.stdout?.pause();
    child.stderr?.pause();
    const handle = new ChildHandle(child, launch);
    // execa reports a failed start through its result, which holds the system's error.
    const failure = child.then((result) => result.cause ?? result);
    if (child.pid === undefined) throw noteShortage(await failure);
    failure.catch(() => undefined);
    await once(child, 'spawn');
    if (launch.detached) child.unref();
    return handle;
  }

  /** A failure is not remembered: descriptors may only have been short for a moment. */
  #load(): Promise<typeof ExecaModule> {
    this.#loading ??= loadExeca().then(
      (execa) => (this.#loaded = execa),
      (error: unknown) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }
}
