import { Session } from 'node:inspector';

/** An answer of the inspector, as far as we read it. */
export interface RemoteValue {
  readonly type: string;
  readonly subtype?: string;
  readonly className?: string;
  readonly description?: string;
  readonly value?: unknown;
  /** For what JSON has no word for, as NaN. */
  readonly unserializableValue?: string;
  readonly objectId?: string;
}

/** A property of a remote object. */
export interface RemoteProperty {
  readonly name: string;
  readonly value?: RemoteValue;
}

/** A script that the engine has loaded. */
export interface LoadedScript {
  readonly scriptId: string;
  readonly url: string;
  readonly sourceMapURL?: string;
}

/** Where values are laid down for the inspector to pick up: an object that all realms of this thread share. */
const SHELF = Symbol.for('@proc/workers.shelf');
const PICK_UP = `process.getBuiltinModule('node:inspector').Session[Symbol.for('@proc/workers.shelf')]`;

/**
 * A connection of this thread to its own inspector, open while `work` runs. No debugger is started and no port opened.
 *
 * @returns what `work` returns, or undefined where there is no inspector or it refuses
 */
export function withInspector<T>(work: (channel: InspectorChannel) => T): T | undefined {
  let session: Session | undefined;
  try {
    session = new Session();
    session.connect();
    return work(new InspectorChannel(session));
  } catch {
    return undefined;
  } finally {
    session?.disconnect();
  }
}

/** Calls to the inspector that answer at once. */
export class InspectorChannel {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The inspector's view of a value of ours. */
  view(value: unknown): RemoteValue {
    return this.#shelved(value, () => this.#evaluate(PICK_UP));
  }

  properties(objectId: string): {
    readonly own: readonly RemoteProperty[];
    readonly internal: readonly RemoteProperty[];
  } {
    const answer = this.#post('Runtime.getProperties', { objectId, ownProperties: true }) as {
      result: readonly RemoteProperty[];
      internalProperties?: readonly RemoteProperty[];
    };
    return { own: answer.result, internal: answer.internalProperties ?? [] };
  }

  /** The value itself that the inspector has shown. */
  take(shown: RemoteValue): unknown {
    const taken: unknown[] = [];
    this.#shelved(taken, () => {
      const shelf = this.#evaluate(PICK_UP);
      return this.#post('Runtime.callFunctionOn', {
        objectId: shelf.objectId,
        functionDeclaration: 'function (value) { this.push(value); }',
        arguments: [argumentFor(shown)],
      });
    });
    if (taken.length === 0) throw new Error('the inspector refused');
    return taken[0];
  }

  /** All scripts of this thread. Slow, some 0.2 ms for each of them: only for the text of an error. */
  scripts(): readonly LoadedScript[] {
    const scripts: LoadedScript[] = [];
    const collect = ({ params }: { params: LoadedScript }): void => {
      scripts.push(params);
    };
    this.#session.on('Debugger.scriptParsed', collect);
    this.#post('Debugger.enable', {});
    this.#session.off('Debugger.scriptParsed', collect);
    return scripts;
  }

  /** The text of a script, as it was given to the engine. Call `scripts()` before. */
  sourceOf(scriptId: string): string {
    const answer = this.#post('Debugger.getScriptSource', { scriptId });
    return (answer as { scriptSource: string }).scriptSource;
  }

  #evaluate(expression: string): RemoteValue {
    return (this.#post('Runtime.evaluate', { expression }) as { result: RemoteValue }).result;
  }

  #shelved<T>(value: unknown, work: () => T): T {
    const shelf = Session as unknown as Record<symbol, unknown>;
    shelf[SHELF] = value;
    try {
      return work();
    } finally {
      Reflect.deleteProperty(shelf, SHELF);
    }
  }

  #post(method: string, params: object): unknown {
    let failure: unknown;
    let answer: unknown;
    this.#session.post(method, params, (error: unknown, result: unknown) => {
      failure = error;
      answer = result;
    });
    // The inspector of the own thread answers before `post` returns.
    if (failure !== null && failure !== undefined) throw new Error('the inspector refused');
    return answer;
  }
}

function argumentFor({ objectId, unserializableValue, value }: RemoteValue): object {
  if (objectId !== undefined) return { objectId };
  return unserializableValue === undefined ? { value } : { unserializableValue };
}
