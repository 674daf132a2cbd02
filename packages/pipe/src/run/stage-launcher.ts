import {
  InvalidArgumentError,
  StageCompleted,
  type EventDispatcher,
  type Launched,
  type LaunchContext,
  type Launchable,
  type ProcessResult,
} from '@proc/core';
import type { CallSite, SecretTable } from '@proc/core/internal';
import { FailedLaunch } from './failed-launch.js';
import { LaunchedStage, type StageWiring } from './launched-stage.js';
import type { OutputRouter } from './output-router.js';
import type { PipelinePlan } from './pipeline-plan.js';
import type { RunControl } from './run-control.js';

/** What launching needs. */
export interface StageLauncherParts {
  readonly runId: string;
  readonly plan: PipelinePlan;
  readonly control: RunControl;
  readonly router: OutputRouter;
  /** Those of all stages and of the input. */
  readonly secrets: SecretTable;
  /** Where the pipeline was run. */
  readonly callSite: CallSite;
  readonly events: EventDispatcher | undefined;
}

/** Launches the stages of one run and remembers them. A stage that ends with an error ends the run. */
export class StageLauncher {
  readonly #parts: StageLauncherParts;
  readonly #stages: LaunchedStage[] = [];

  constructor(parts: StageLauncherParts) {
    this.#parts = parts;
  }

  /** The stages that have been launched, in the order of the pipeline. */
  get stages(): readonly LaunchedStage[] {
    return this.#stages.toSorted((one, other) => one.index - other.index);
  }

  /** Launches a stage, which must not have been launched yet. */
  launch(index: number, wiring: StageWiring): LaunchedStage {
    const { plan, control, router } = this.#parts;
    const keyed = plan.stages[index];
    if (keyed === undefined) throw new InvalidArgumentError('The pipeline has no such stage.');
    const { key, entry } = keyed;
    const isLast = index === plan.stages.length - 1;
    const launched = launchSafely(entry, {
      key,
      onOutput: router.callbackFor(keyed, isLast),
      signal: control.signal,
      clock: plan.clock,
      stdio: wiring.stdio,
      secrets: this.#parts.secrets,
      callSite: this.#parts.callSite,
    });
    const remove = control.add(index, launched);
    const stage = new LaunchedStage(
      { key, index, line: String(entry), clock: plan.clock },
      launched,
      wiring,
      (result) => {
        remove();
        if (result.error !== null) {
          control.interrupt(result.reason ?? 'failedToStart', result.error, index);
        }
        this.#announce(key, result);
      },
    );
    this.#stages.push(stage);
    return stage;
  }

  #announce(key: string | number, result: ProcessResult): void {
    const { events, runId } = this.#parts;
    if (events?.hasListeners(StageCompleted) !== true) return;
    void events.dispatch(new StageCompleted(runId, key, result));
  }
}

/** Somebody's own launchable may break the contract by throwing. */
function launchSafely(entry: Launchable, context: LaunchContext): Launched {
  try {
    return entry.launch(context);
  } catch (error) {
    return new FailedLaunch(String(entry), error, context);
  }
}
