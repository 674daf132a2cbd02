import { showValue } from '@proc/core/internal';
import { remoteFault } from '../errors/remote-fault.js';
import { FaultSignal, refuse } from '../hub/fault-signal.js';
import type { HubCall } from '../hub/hub-call.js';
import type { HubSession } from '../hub/hub-session.js';
import { LinkedList } from '../hub/linked-list.js';
import type { Primitive, PrimitiveDescription, PrimitiveKind } from '../hub/primitive.js';
import type { Fault } from '../wire/fault.js';
import type { ReturnFrame } from '../wire/frames.js';

interface Server {
  readonly session: HubSession;
  readonly concurrency: number;
  /** Forgets what is to be done when the session is lost. */
  readonly forget: () => void;
  readonly calls: Set<HubCall>;
}

/** A function that one or several sessions serve, in turn. */
class RpcState implements Primitive {
  readonly #servers: Server[] = [];
  readonly #line = new LinkedList<HubCall>();

  constructor(private readonly name: string) {}

  get idle(): boolean {
    return this.#servers.length === 0 && this.#line.size === 0;
  }

  serve({ session }: HubCall, concurrency: unknown = Infinity): void {
    if (typeof concurrency !== 'number' || !(concurrency >= 1)) {
      refuse(`The concurrency of a served function is at least 1, not ${showValue(concurrency)}.`);
    }
    if (this.#servers.some((server) => server.session === session)) {
      const message = `This session serves "${this.name}" already.`;
      throw new FaultSignal({ code: 'mismatch', message });
    }
    const calls = new Set<HubCall>();
    const forget = session.onLoss(() => {
      this.#leave(session);
      for (const call of calls) call.reject({ code: 'peer-gone', peer: session.name });
    });
    this.#servers.push({ session, concurrency, forget, calls });
    this.#advance();
  }

  /** The calls that run go on. */
  unserve({ session }: HubCall): void {
    const server = this.#servers.find((candidate) => candidate.session === session);
    this.#leave(session);
    if (server?.calls.size === 0) server.forget();
  }

  call(call: HubCall): void {
    if (this.#servers.length === 0) throw new FaultSignal({ code: 'not-served' });
    const link = this.#line.push(call);
    // Parked anew with what gives up the call that runs, as soon as there is a server for it.
    call.park(() => {
      this.#line.remove(link);
    });
    if (!call.settled) this.#advance();
  }

  describe(): PrimitiveDescription {
    const running = this.#servers.flatMap(({ calls }) => [...calls]);
    return {
      waiters: [...running, ...this.#line].map((call) => call.describe()),
      details: {
        servers: this.#servers.map(({ session }) => session.name),
        running: running.length,
        queued: this.#line.size,
      },
    };
  }

  #leave(session: HubSession): void {
    const index = this.#servers.findIndex((server) => server.session === session);
    if (index !== -1) this.#servers.splice(index, 1);
    if (this.#servers.length > 0) return;
    for (const call of this.#line.drain()) call.reject({ code: 'not-served' });
  }

  #advance(): void {
    while (this.#line.size > 0) {
      const index = this.#servers.findIndex(({ calls, concurrency }) => calls.size < concurrency);
      const server = index === -1 ? undefined : this.#servers.splice(index, 1)[0];
      const call = server === undefined ? undefined : this.#line.shift();
      if (server === undefined || call === undefined) return;
      // Its turn comes again after the others'.
      this.#servers.push(server);
      this.#start(server, call);
    }
  }

  #start(server: Server, call: HubCall): void {
    const done = ({ v, e }: ReturnFrame): void => {
      server.calls.delete(call);
      if (server.calls.size === 0 && !this.#servers.includes(server)) server.forget();
      if (e === undefined) call.resolve(v);
      else call.reject(thrownBy(e));
      this.#advance();
    };
    try {
      const args = call.request.a ?? [];
      const drop = server.session.invoke(this.name, args, call.session.name, done);
      server.calls.add(call);
      call.park(drop);
    } catch (error) {
      const message = `The arguments can not be sent: ${(error as Error).message}`;
      call.reject({ code: 'invalid', message });
    }
  }
}

/** Who serves says what its function threw; all other faults are the hub's to tell. */
function thrownBy(fault: unknown): Fault {
  const { error } = (fault ?? {}) as { readonly error?: unknown };
  return { code: 'remote', error: remoteFault(error) };
}

export const rpcKind: PrimitiveKind<RpcState> = {
  create: (name) => new RpcState(name),
  fixed: {},
  operations: {
    serve: (state, call, [concurrency]) => {
      state.serve(call, concurrency);
      call.resolve();
    },
    unserve: (state, call) => {
      state.unserve(call);
      call.resolve();
    },
    call: (state, call) => {
      state.call(call);
    },
  },
};
