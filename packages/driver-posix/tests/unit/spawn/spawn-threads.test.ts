import { describe, expect, it } from '@jest/globals';
import { SpawnThreads } from '../../../src/spawn/spawn-threads.js';

/** A call that is over when the test says so. */
class HandMadeCall {
  pid = 0;
  spoiled = false;
  readonly leads: boolean;
  readonly made: string[] = [];
  #resolve: (pid: number) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;

  constructor({ leads = true } = {}) {
    this.leads = leads;
  }

  here(): number {
    this.made.push('here');
    return 7;
  }

  inThread(): Promise<number> {
    this.made.push('in thread');
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  spoil(): void {
    this.spoiled = true;
  }

  begins(pid: number): void {
    this.pid = pid;
  }

  ends(pid: number): void {
    this.pid = pid;
    this.#resolve(pid);
  }

  fails(error: Error): void {
    this.#reject(error);
  }
}

describe('starts in threads', () => {
  const make = () => {
    const timers: (() => void)[] = [];
    const clock = {
      now: 0,
      step: 0,
      /** Calls those whose time has come. */
      fire: () => {
        for (const timer of timers.splice(0)) timer();
      },
    };
    const killed: [number, string][] = [];
    const libc = { kill: (...args: [number, string]) => void killed.push(args) };
    const threads = new SpawnThreads(libc, {
      now: () => (clock.now += clock.step),
      after: (_, call) => void timers.push(call),
    });
    return { clock, killed, threads };
  };
  const exitListeners = (): NodeJS.ExitListener[] => process.listeners('exit');
  /** What this process would do at its end. */
  const exit = (before: readonly NodeJS.ExitListener[]): void => {
    for (const listener of exitListeners()) {
      if (!before.includes(listener)) listener.call(process, 0);
    }
  };

  it('resolve with the process id, and listen for the end of this process only meanwhile', async () => {
    const { threads } = make();
    const before = exitListeners();
    const [first, second] = [new HandMadeCall(), new HandMadeCall()];
    const pids = [threads.make(first), threads.make(second)];
    expect(exitListeners()).toHaveLength(before.length + 1);
    second.ends(12);
    first.ends(11);
    expect(await Promise.all(pids)).toEqual([11, 12]);
    expect(exitListeners()).toEqual(before);
  });

  it('reject with the error of the call, and give their turn back', async () => {
    const { threads } = make();
    for (let time = 0; time < 5; time++) {
      const call = new HandMadeCall();
      const start = threads.inTurn(() => threads.make(call));
      call.fails(new Error('no such file'));
      await expect(start).rejects.toThrow('no such file');
    }
  });

  it('take turns: the fourth is prepared when one of three is over', async () => {
    const { threads } = make();
    const calls = Array.from({ length: 5 }, () => new HandMadeCall());
    const begun: number[] = [];
    const starts = calls.map((call, index) =>
      threads.inTurn(() => {
        begun.push(index);
        return threads.make(call);
      }),
    );
    expect(begun).toEqual([0, 1, 2]);
    calls[1]?.ends(2);
    await starts[1];
    await Promise.resolve();
    expect(begun).toEqual([0, 1, 2, 3]);
    for (const [index, call] of calls.entries()) call.ends(index + 1);
    await starts[3];
    calls[4]?.ends(5);
    expect(await Promise.all(starts)).toEqual([1, 2, 3, 4, 5]);
  });

  it('are made without threads for a while when one waits for its thread', async () => {
    const { threads, clock } = make();
    const stuck = Array.from({ length: 3 }, () => new HandMadeCall());
    const starts = stuck.map((call) => threads.inTurn(() => threads.make(call)));
    clock.now = 101;
    const call = new HandMadeCall();
    expect(await threads.inTurn(() => threads.make(call))).toBe(7);
    expect(call.made).toEqual(['here']);
    for (const each of stuck) each.ends(8);
    await Promise.all(starts);

    const soon = new HandMadeCall();
    await threads.inTurn(() => threads.make(soon));
    expect(soon.made).toEqual(['here']);
    clock.now = 2000;
    const later = new HandMadeCall();
    const start = threads.inTurn(() => threads.make(later));
    expect(later.made).toEqual(['in thread']);
    later.ends(9);
    expect(await start).toBe(9);
  });

  it('are made without threads also where they have waited for their turn before', async () => {
    const { threads, clock } = make();
    const calls = Array.from({ length: 5 }, () => new HandMadeCall());
    const starts = calls.map((call) => threads.inTurn(() => threads.make(call)));
    clock.now = 99;
    clock.fire();
    expect(calls.slice(3).map(({ made }) => made)).toEqual([[], []]);
    clock.now = 101;
    clock.fire();
    expect(await Promise.all(starts.slice(3))).toEqual([7, 7]);
    for (const stuck of calls.slice(0, 3)) stuck.ends(8);
    await Promise.all(starts);

    clock.now = 2000;
    const later = Array.from({ length: 4 }, () => new HandMadeCall());
    const others = later.map((call) => threads.inTurn(() => threads.make(call)));
    expect(later.map(({ made }) => made.length)).toEqual([1, 1, 1, 0]);
    for (const call of later) call.ends(9);
    await others[0];
    later[3]?.ends(9);
    expect(await Promise.all(others)).toEqual([9, 9, 9, 9]);
  });

  it('are not thought to wait when it is this thread that does not come to hear of them', async () => {
    const { threads, clock } = make();
    const call = new HandMadeCall();
    const start = threads.make(call);
    call.begins(11);
    clock.now = 5000;
    const next = new HandMadeCall();
    const other = threads.make(next);
    expect(next.made).toEqual(['in thread']);
    call.ends(11);
    next.ends(12);
    expect(await Promise.all([start, other])).toEqual([11, 12]);
  });

  it('are ended with this process: the program and its group, if it leads one', async () => {
    const { threads, killed } = make();
    const before = exitListeners();
    const [leader, member] = [new HandMadeCall(), new HandMadeCall({ leads: false })];
    const starts = [threads.make(leader), threads.make(member)];
    leader.begins(11);
    member.begins(12);
    exit(before);
    expect(killed).toEqual([
      [-11, 'SIGKILL'],
      [12, 'SIGKILL'],
    ]);
    leader.ends(11);
    member.ends(12);
    await Promise.all(starts);
  });

  it('can not begin any more when this process ends', async () => {
    const { threads, killed, clock } = make();
    const before = exitListeners();
    const call = new HandMadeCall();
    const start = threads.make(call);
    clock.step = 600;
    exit(before);
    expect(call.spoiled).toBe(true);
    expect(killed).toEqual([]);
    call.fails(new Error('spoiled'));
    await expect(start).rejects.toThrow('spoiled');
  });
});
