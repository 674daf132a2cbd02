import type { CommandInput, CommandWord } from '../contracts/command.js';
import type { Duration } from '../contracts/duration.js';
import type { EnvironmentMap } from '../contracts/environment-spec.js';
import type { InputSource } from '../contracts/input-source.js';
import type { ProcessStarters } from '../contracts/process-starters.js';
import type { RetryOptions } from '../contracts/retry.js';
import type { PendingProcess } from '../process/pending-process.js';

/** The verbs that begin a description, over the one way to make it. */
export abstract class Starters implements ProcessStarters {
  abstract newPendingProcess(): PendingProcess;

  command(command: CommandInput, args?: readonly CommandWord[]): PendingProcess {
    return this.newPendingProcess().command(command, args);
  }

  node(script: string | URL, args?: readonly CommandWord[]): PendingProcess {
    return this.newPendingProcess().node(script, args);
  }

  path(directory: string | URL): PendingProcess {
    return this.newPendingProcess().path(directory);
  }

  timeout(duration: Duration | null): PendingProcess {
    return this.newPendingProcess().timeout(duration);
  }

  idleTimeout(duration: Duration | null): PendingProcess {
    return this.newPendingProcess().idleTimeout(duration);
  }

  forever(): PendingProcess {
    return this.newPendingProcess().forever();
  }

  env(variables: EnvironmentMap): PendingProcess {
    return this.newPendingProcess().env(variables);
  }

  input(source: InputSource | undefined): PendingProcess {
    return this.newPendingProcess().input(source);
  }

  quietly(): PendingProcess {
    return this.newPendingProcess().quietly();
  }

  tty(on?: boolean | 'auto'): PendingProcess {
    return this.newPendingProcess().tty(on);
  }

  shell(shell?: boolean | string): PendingProcess {
    return this.newPendingProcess().shell(shell);
  }

  retry(times: number | RetryOptions, delay?: Duration): PendingProcess {
    return this.newPendingProcess().retry(times, delay);
  }

  driver(name: string): PendingProcess {
    return this.newPendingProcess().driver(name);
  }
}
