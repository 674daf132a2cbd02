import { Application, InvalidArgumentError, ProcessManager, ProviderError } from '@proc/core';
import { TESTING_MEMBERS } from '@proc/core/internal';
import { defaultProviders } from './default-providers.js';
import { installTesting } from './install-testing.js';

/** What the facade has beside the members of the manager. */
export interface FacadeControls {
  /**
   * Points the facade at an application's manager; `null` goes back to a default application, made at the next use.
   * The application that it pointed at before is left as it is.
   *
   * @throws {@link InvalidArgumentError} for anything else, such as a container
   */
  readonly useApplication: (app: Application | null) => void;
  /** The application that the facade points at; made now, if there is none. */
  readonly application: Application;
}

let current: Application | undefined;

const controls: FacadeControls = {
  useApplication: (app) => {
    if (app !== null && !isApplication(app)) {
      throw new InvalidArgumentError(
        'useApplication takes an Application, or null. One that takes your container is: new Application({ container }).',
      );
    }
    current = app ?? undefined;
  },
  get application() {
    return application();
  },
};

/**
 * The process manager, without any set-up: every member is forwarded to the manager of the current application, which
 * is made at the first use.
 *
 * Meant for scripts and the edges of an application; inside it, inject {@link ProcessManager}.
 *
 * @example
 * ```ts
 * const result = await Process.run('git status --short');
 * console.log(result.output());
 * ```
 */
export const Process: ProcessManager & FacadeControls = new Proxy({} as never, {
  get: (_, name) => (isControl(name) ? controls[name] : member(name)),
  set: (_, name, value) => Reflect.set(manager(), name, value),
  has: (_, name) => isControl(name) || Reflect.has(manager(), name),
  // Runners take their spies away at the end, when the application may have been shut down.
  deleteProperty: (_, name) => isOver() || Reflect.deleteProperty(manager(), name),
});

function member(name: string | symbol): unknown {
  const root = manager();
  if (typeof name === 'string' && TESTING_MEMBERS.has(name) && !root.hasMacro(name)) {
    installTesting(root, name);
  }
  const value: unknown = Reflect.get(root, name, root);
  // Private members need the manager itself as `this`. What was put on the manager (a macro, a spy) is bound already,
  // or must be given back as it is.
  if (typeof value !== 'function' || Object.hasOwn(root, name)) return value;
  return value.bind(root) as unknown;
}

function manager(): ProcessManager {
  const app = application();
  if (!app.bound(ProcessManager)) {
    throw new ProviderError(
      'The application that Process points at has no ProcessManager. ' +
        'Add ProcessServiceProvider of @proc/core to its providers.',
    );
  }
  return app.get(ProcessManager);
}

function application(): Application {
  if (current !== undefined && !isOver()) return current;
  if (current !== undefined) {
    throw new ProviderError(
      'The application that Process points at has been shut down. Call Process.useApplication(app) with another, ' +
        'or useApplication(null) to have a new one made.',
    );
  }
  const app = new Application({ providers: defaultProviders });
  // The default providers boot synchronously, so this has happened when the call returns.
  void app.boot();
  current = app;
  return app;
}

function isOver(): boolean {
  return current?.state === 'terminated';
}

function isControl(name: string | symbol): name is keyof FacadeControls {
  return typeof name === 'string' && Object.hasOwn(controls, name);
}

/** Also one of another copy of the package. */
function isApplication(app: unknown): boolean {
  const { get, bound, boot } = Object(app) as Partial<Application>;
  return [get, bound, boot].every((member) => typeof member === 'function');
}
