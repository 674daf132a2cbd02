import type { Clock } from '@proc/core';
import { showValue } from '@proc/core/internal';
import type { IpcKind, IpcPrimitiveStats } from '../contracts/ipc-stats.js';
import { KINDS } from '../primitives/kinds.js';
import type { RequestFrame } from '../wire/frames.js';
import { FaultSignal, refuse } from './fault-signal.js';
import type { HubCall } from './hub-call.js';
import type { HubReporter } from './hub-reporter.js';
import type { HubContext, Primitive, PrimitiveKind, PrimitiveOptions } from './primitive.js';
import { WaitGraph } from './wait-graph.js';

/** All primitives of a hub, by kind and name. */
export class Registry {
  readonly #primitives = new Map<string, Map<string, Primitive>>();
  readonly #context: HubContext;
  #token = 0;

  constructor(clock: Clock, reporter: HubReporter) {
    this.#context = {
      clock,
      tell: (type, ...facts) => {
        reporter.tell(type, ...facts);
      },
      waits: new WaitGraph(),
      nextToken: () => ++this.#token,
      open: (kind, name) => this.#open(kind, name),
    };
  }

  /** The last number that was given to a holder; 0: none was. */
  get lastToken(): number {
    return this.#token;
  }

  /** Has all further ones be larger than this. */
  raiseTokens(above: number): void {
    this.#token = Math.max(this.#token, above);
  }

  /** Does what a call asks for. @throws {@link FaultSignal} */
  perform(call: HubCall): void {
    const { op, name, o, a } = call.request;
    const [kind = '', operation = ''] = op.split('.');
    if (typeof name !== 'string' || name === '') refuse('A name is a text that is not empty.');
    const { operations } = kindOf(kind);
    const act = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (act === undefined) refuse(`There is no operation ${showValue(op)}.`);
    act(this.#open(kind, name, o), call, a ?? []);
  }

  /** Forgets a primitive that has nothing in it any more. */
  tidy({ op, name }: RequestFrame): void {
    const primitives = this.#primitives.get(op.slice(0, op.indexOf('.')));
    if (primitives?.get(name)?.idle === true) primitives.delete(name);
  }

  describe(): readonly IpcPrimitiveStats[] {
    return [...this.#primitives].flatMap(([kind, primitives]) =>
      [...primitives].map(([name, primitive]) => {
        const { holders = [], waiters = [], details = {} } = primitive.describe();
        return { kind: kind as IpcKind, name, holders, waiters, details };
      }),
    );
  }

  #open(kind: string, name: string, options?: PrimitiveOptions): Primitive {
    const definition = kindOf(kind);
    let primitives = this.#primitives.get(kind);
    if (primitives === undefined) {
      primitives = new Map<string, Primitive>();
      this.#primitives.set(kind, primitives);
    }
    const existing = primitives.get(name);
    if (existing !== undefined) {
      if (options !== undefined) requireSame(definition, { existing, kind, name, options });
      return existing;
    }
    const created = definition.create(name, options ?? {}, this.#context);
    primitives.set(name, created);
    return created;
  }
}

function kindOf(kind: string): PrimitiveKind<Primitive> {
  const definition = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return definition ?? refuse(`There is no kind of primitives ${showValue(kind)}.`);
}

function requireSame(
  { fixed }: PrimitiveKind<Primitive>,
  given: {
    readonly existing: Primitive;
    readonly kind: string;
    readonly name: string;
    readonly options: PrimitiveOptions;
  },
): void {
  const { existing, kind, name, options } = given;
  for (const [option, read] of Object.entries(fixed)) {
    const wanted = Object.hasOwn(options, option) ? options[option] : undefined;
    const is = read(existing);
    if (wanted === undefined || Object.is(wanted, is)) continue;
    const message = `The ${kind} "${name}" exists with ${option} ${showValue(is)}, not ${showValue(wanted)}.`;
    throw new FaultSignal({ code: 'mismatch', message });
  }
}
