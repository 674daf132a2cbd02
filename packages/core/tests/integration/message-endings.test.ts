import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify, types } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import {
  CommandNotFoundError,
  ExpectationError,
  MessageChannelError,
  ProcessCancelledError,
  ProcessTimedOutError,
  type RunningProcess,
} from '@proc/core';
import { settled } from '../support/captured.js';
import { onEveryDriver, testedDrivers } from '../support/drivers.js';
import { leftOut } from '../support/left-out.js';
import { sh } from '../support/programs.js';

const PEER = join(__dirname, '../fixtures/peer.cjs');
const TALKER = join(__dirname, '../fixtures/talker.cjs');
const SOURCES = join(__dirname, '../support/register-sources.cjs');
const onPosix = process.platform === 'win32' ? it.skip : it;
if (onPosix !== it) leftOut('Windows has no POSIX shell');

const rejection = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => {
      throw new Error('it was expected to reject');
    },
    (error: unknown) => error as Error,
  );

async function collect(messages: AsyncIterable<unknown>): Promise<unknown[]> {
  const collected: unknown[] = [];
  for await (const message of messages) collected.push(message);
  return collected;
}

const descriptors = (): number =>
  process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
const handles = (): number =>
  process.getActiveResourcesInfo().filter((name) => /^(ProcessWrap|PipeWrap|TCP.*)$/.test(name))
    .length;

/** Resolves when there are no more of them than before; handles go within some turns of the event loop. */
async function freed(count: () => number, before: number): Promise<void> {
  for (let turn = 0; turn < 1000 && count() > before; turn++) await settled();
  expect(count()).toBeLessThanOrEqual(before);
}

onEveryDriver('the end of messages', ({ manager }) => {
  const start = (...args: readonly string[]): Promise<RunningProcess> =>
    manager().node(PEER, args).start();

  it('comes when the program closes its channel, even if it lives on', async () => {
    const program = await manager().node(PEER, ['leave']).interactive().start();
    expect(await collect(program.messages())).toEqual(['goodbye']);
    expect(await rejection(program.send('wait'))).toBeInstanceOf(MessageChannelError);
    expect(program.running()).toBe(true);
    await program.closeInput();
    expect((await program.wait()).exitCode).toBe(0);
  });

  it('comes when it is disconnected, which ends a program that only listens', async () => {
    const program = await start('echo');
    const reading = collect(program.messages());
    const large = 'x'.repeat(4 * 1024 * 1024);
    const sending = program.send(large);
    await program.disconnect();
    await sending;
    expect(await reading).toEqual([]);
    await program.wait();
    await program.disconnect();
    expect(await rejection(program.request('more'))).toBeInstanceOf(MessageChannelError);
  });

  it('leaves requests without an answer when the program exits', async () => {
    const program = await start('quit', '3');
    const requests = [program.request('x'), program.request({ id: 1 }), program.request('y', '1h')];
    for (const error of await Promise.all(requests.map(rejection))) {
      expect(error).toBeInstanceOf(MessageChannelError);
    }
    expect((await program.wait()).exitCode).toBe(3);
    expect(await collect(program.messages())).toEqual([]);
  });

  it('shows why, when a program has crashed', async () => {
    const program = await start('crash');
    const error = await rejection(program.request('x'));
    const { stderr } = await program.wait();
    expect(error).toBeInstanceOf(MessageChannelError);
    expect(stderr).toContain('it went wrong');
    expect(error.message).toContain('before it answered');
  });

  it('comes when the program is killed while it is being asked', async () => {
    const program = await start('silent');
    const request = rejection(program.request('x'));
    process.kill(program.pid ?? 0, 'SIGKILL');
    expect(await request).toBeInstanceOf(MessageChannelError);
    expect((await program.wait()).signal).toBe('SIGKILL');
  });

  it('comes when the program is killed in the middle of a message', async () => {
    const program = await start('flood');
    for await (const message of program.messages()) {
      expect(String(message)).toHaveLength(4 * 1024 * 1024);
      program.kill('SIGKILL');
      break;
    }
    expect((await program.wait()).signal).toBe('SIGKILL');
    for (const message of await collect(program.messages())) {
      expect(String(message)).toHaveLength(4 * 1024 * 1024);
    }
  });

  it('fails what was still being sent when the program was killed', async () => {
    const program = await start('weigh');
    await program.request('awake?');
    program.signal('SIGSTOP');
    const sending = rejection(program.send('x'.repeat(10 * 1024 * 1024)));
    program.signal('SIGKILL');
    expect(await sending).toBeInstanceOf(MessageChannelError);
    expect((await program.wait()).signal).toBe('SIGKILL');
  });

  onPosix('may come in the middle of a message', async () => {
    const line = String.raw`printf '"whole"\n{' >&3; read x; exit 6`;
    const program = await manager().command(sh(line)).ipc().interactive().start();
    for await (const message of program.messages()) {
      expect(message).toBe('whole');
      await program.disconnect();
    }
    await program.closeInput();
    expect((await program.wait()).exitCode).toBe(6);
    for (let turn = 0; turn < 10; turn++) await settled();
  });

  it('rejects when the process is ended by its timeout, or cancelled', async () => {
    const late = await manager().node(PEER, ['echo']).timeout('1s').start();
    expect(await rejection(collect(late.messages()))).toBeInstanceOf(ProcessTimedOutError);
    const controller = new AbortController();
    const cancelled = await manager().node(PEER, ['echo']).abortWith(controller.signal).start();
    const reading = rejection(collect(cancelled.messages()));
    controller.abort();
    expect(await reading).toBeInstanceOf(ProcessCancelledError);
    expect(await rejection(cancelled.wait())).toBeInstanceOf(ProcessCancelledError);
    expect(await rejection(late.wait())).toBeInstanceOf(ProcessTimedOutError);
  });

  it('comes by stop() as for every program', async () => {
    const program = await start('echo');
    const reading = collect(program.messages());
    expect((await program.stop()).signal).toBe('SIGTERM');
    expect(await reading).toEqual([]);
  });

  onPosix('does not wait for a descendant that holds the channel', async () => {
    const line = 'sleep 1000 >/dev/null 2>&1 & echo $!; exit 5';
    const program = await manager().command(sh(line)).ipc().start();
    const [result, messages] = await Promise.all([program.wait(), collect(program.messages())]);
    process.kill(Number(result.stdout), 'SIGKILL');
    expect([result.exitCode, messages]).toEqual([5, []]);
    expect(await rejection(program.send('x'))).toBeInstanceOf(MessageChannelError);
  });

  onPosix.each(['json', 'advanced'] as const)(
    'comes when a program writes something else than messages (%s)',
    async (serialization) => {
      // Read as a length first, where that is how messages begin.
      const line = String.raw`read x; printf '\0\0\0\4oops\n' >&3; exec 3>&-; read x; exit 4`;
      const program = await manager().command(sh(line)).ipc(serialization).interactive().start();
      const errors = [collect(program.messages()), program.request('x')].map(rejection);
      await program.write('go\n');
      for (const error of await Promise.all(errors)) {
        expect(error).toBeInstanceOf(MessageChannelError);
        expect(error.message).toContain('something else than messages');
        expect(error.cause).toBeDefined();
      }
      expect((await rejection(program.send('y'))).message).toContain('something else');
      await program.closeInput();
      expect((await program.wait()).exitCode).toBe(4);
    },
  );

  onPosix(
    'is a typed one, however sending, asking, reading and killing fall together',
    async () => {
      const random = seeded(20);
      const line = 'while read -r line <&3; do printf "%s\\n" "$line" >&3; done';
      const actions: readonly ((program: RunningProcess) => unknown)[] = [
        (program) => program.send({ id: random(3) }),
        (program) => program.request({ id: random(3) }),
        (program) => program.request('next', random(5)),
        (program) => collect(program.messages()),
        (program) => program.disconnect(),
        (program) => program.kill('SIGKILL'),
        (program) => program.stop(),
        () => settled(),
      ];
      const round = async (): Promise<void> => {
        const program = await manager().command(sh(line)).ipc().start();
        const outcomes: Promise<unknown>[] = [];
        for (let step = 0; step < 12; step++) {
          const outcome = Promise.resolve(actions[random(actions.length)]?.(program));
          outcomes.push(outcome.catch((error: unknown) => error));
          if (random(2) === 0) await Promise.race([outcome.catch(() => undefined), settled()]);
        }
        await program.disconnect();
        await program.stop();
        for (const outcome of await Promise.all(outcomes)) {
          const isTyped = MessageChannelError.is(outcome) || ExpectationError.is(outcome);
          expect(isTyped || !types.isNativeError(outcome)).toBe(true);
        }
      };
      for (let count = 0; count < 100; count += 10) {
        await Promise.all(Array.from({ length: 10 }, round));
      }
    },
  );

  onPosix(
    'leaves nothing open: sockets that come with messages, failed starts, and 60 runs',
    async () => {
      const processes = manager();
      // Messages in JSON are lines on descriptor 3, which a shell can echo too, and starts faster.
      const line = 'read -r line <&3; printf "%s\\n" "$line" >&3; cat <&3 >&2';
      const round = async (): Promise<void> => {
        const echoing = processes.command(sh(line)).ipc();
        const programs = await Promise.all(Array.from({ length: 10 }, () => echoing.start()));
        await Promise.all(
          programs.map(async (program, index) => {
            expect(await program.request({ id: index })).toEqual({ id: index });
            if (index % 2 === 0) await program.disconnect();
            else await program.stop();
            await program.wait();
          }),
        );
        const missing = processes.command(['not-there-at-all']).ipc();
        expect(await rejection(missing.start())).toBeInstanceOf(CommandNotFoundError);
      };
      const serving = await processes.node(PEER, ['serve']).start();
      const serve = (): Promise<unknown> => serving.request('a server, please');
      await Promise.all([round(), serve()]);
      const before = { handles: handles(), descriptors: descriptors() };
      for (let count = 0; count < 60; count += 10) {
        await Promise.all([round(), serve()]);
      }
      await freed(handles, before.handles);
      await freed(descriptors, before.descriptors);
      await serving.stop();
    },
  );
});

/** Numbers from 0 to below a limit, the same ones in every run. */
function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * limit);
  };
}

const run = promisify(execFile);

describe.each(testedDrivers)('an application (driver %s)', (driver) => {
  const talk = async (what: string): Promise<string> =>
    (await run(process.execPath, ['--require', SOURCES, TALKER, driver, what])).stdout;

  it('lives no longer than its programs for their channels', async () => {
    expect(await talk('dry')).toBe('0\n1\n2\n');
  });

  onPosix('does not live for a descendant that holds a channel', async () => {
    const pid = Number(await talk('held'));
    expect(pid).toBeGreaterThan(1);
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The guard of the application was first: it is told of the descendant's group as well.
    }
  });

  it('does not pass on a channel of its own', async () => {
    const application = fork(TALKER, [driver, 'inherit'], { execArgv: ['--require', SOURCES] });
    const exit = once(application, 'exit');
    const [{ texts, connected }] = (await once(application, 'message')) as [
      Record<string, unknown>,
    ];
    const none = { NODE_CHANNEL_FD: null, NODE_CHANNEL_SERIALIZATION_MODE: null };
    expect(texts).toEqual([
      { connected: false, ...none },
      { connected: false, ...none },
      { connected: true, ...none },
    ]);
    expect(connected).toBe(true);
    application.disconnect();
    expect(await exit).toEqual([0, null]);
  });
});
