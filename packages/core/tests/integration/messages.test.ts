import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import { expect, it } from '@jest/globals';
import {
  ExpectationError,
  InvalidArgumentError,
  MessageChannelError,
  type RunningProcess,
} from '@proc/core';
import { settled } from '../support/captured.js';
import { onEveryDriver } from '../support/drivers.js';
import { leftOut } from '../support/left-out.js';
import { sh } from '../support/programs.js';

const FIXTURES = join(__dirname, '../fixtures');
const PEER = join(FIXTURES, 'peer.cjs');
const onPosix = process.platform === 'win32' ? it.skip : it;
if (onPosix !== it) leftOut('Windows has neither SIGSTOP nor a POSIX shell');

async function collect(messages: AsyncIterable<unknown>, count = Infinity): Promise<unknown[]> {
  const collected: unknown[] = [];
  for await (const message of messages) if (collected.push(message) === count) break;
  return collected;
}

const numbered = (count: number): unknown[] =>
  Array.from({ length: count }, (_, number) => ({ number }));

onEveryDriver('messages', ({ manager }) => {
  const start = (...args: readonly string[]): Promise<RunningProcess> =>
    manager().node(PEER, args).start();

  it.each(['json', 'advanced'] as const)('go both ways (%s)', async (serialization) => {
    const program = await manager().node(PEER, ['echo']).ipc(serialization).start();
    const all = ['text', 0, false, null, [], { a: [1, { b: 'grüße\n' }] }];
    for (const message of all) await program.send(message);
    expect(await collect(program.messages(), all.length)).toEqual(all);
    await program.disconnect();
    expect((await program.wait()).exitCode).toBe(0);
  });

  it('are all kept, in order, for a reader that comes after the end', async () => {
    const program = await start('count', '10000');
    await program.wait();
    expect(await collect(program.messages())).toEqual(numbered(10_000));
  });

  it('come in order while they are read and others are sent', async () => {
    const program = await start('echo');
    const reading = collect(program.messages(), 10_000);
    await Promise.all(numbered(10_000).map((message) => program.send(message)));
    expect(await reading).toEqual(numbered(10_000));
    await program.stop();
  });

  it.each(['json', 'advanced'] as const)('may have 10 MB (%s)', async (serialization) => {
    const program = await manager().node(PEER, ['weigh']).ipc(serialization).start();
    const text = 'äx'.repeat(5 * 1024 * 1024);
    const { length, text: back } = await program.request<Record<string, unknown>>(text);
    expect([length, back === text]).toEqual([text.length, true]);
    await program.disconnect();
    await program.wait();
  });

  it('carry what can be cloned', async () => {
    const program = await manager().node(PEER, ['kinds']).ipc('advanced').start();
    const [kinds] = (await collect(program.messages(), 1)) as [Record<string, unknown>];
    expect(types.isMap(kinds['map'])).toBe(true);
    const [[key, value]] = kinds['map'] as [[number, Date]];
    expect([key, types.isDate(value), value.getTime()]).toEqual([1, true, 0]);
    expect(kinds['big']).toBe(10n);
    expect([...(kinds['bytes'] as Uint8Array)]).toEqual([1, 2]);
    const cycle = kinds['cycle'] as { self: unknown };
    expect(cycle.self).toBe(cycle);
    expect(await program.request(kinds)).toEqual([0, '10', 2, true]);
    await program.wait();
  });

  it('are answered by their ids, in whatever order', async () => {
    const program = await start('reverse', '100');
    const ids = Array.from({ length: 100 }, (_, id) => id);
    const answers = await Promise.all(ids.map((id) => program.request({ id, value: id })));
    expect(answers).toEqual(ids.map((id) => ({ id, value: id * 2 })));
    await program.stop();
  });

  it('are answered in order where they have no ids', async () => {
    const program = await start('chat');
    const answers = await Promise.all(['a', 'b', 'c'].map((text) => program.request(text)));
    expect(answers).toEqual([{ heard: 'a' }, { heard: 'b' }, { heard: 'c' }]);
    await program.stop();
  });

  it('are given up when the time has passed, and the talk goes on', async () => {
    const program = await start('silent');
    await expect(program.request('anybody there?', 50)).rejects.toBeInstanceOf(ExpectationError);
    await program.send('never mind');
    await program.stop();
  });

  it.each<[string, 'json' | 'advanced', () => unknown]>([
    ['a cycle', 'json', () => cyclic()],
    ['a bigint', 'json', () => ({ value: 1n })],
    ['a bigint alone', 'advanced', () => 1n],
    ['a function', 'json', () => () => undefined],
    ['what can not be looked at', 'json', () => revoked()],
    ['a function inside', 'advanced', () => ({ value: () => undefined })],
    ['a symbol inside', 'advanced', () => ({ value: Symbol('x') })],
  ])('that can not be serialised are refused: %s (%s)', async (_, serialization, make) => {
    const program = await manager().node(PEER, ['echo']).ipc(serialization).start();
    await expect(program.send(make())).rejects.toBeInstanceOf(InvalidArgumentError);
    await expect(program.request(make())).rejects.toBeInstanceOf(InvalidArgumentError);
    expect(await program.request('still there?')).toBe('still there?');
    await program.stop();
  });

  onPosix('are handed over as fast as the program takes them', async () => {
    const program = await start('weigh');
    await program.request('awake?');
    program.signal('SIGSTOP');
    let sent = false;
    const sending = program.send('x'.repeat(10 * 1024 * 1024)).then(() => {
      sent = true;
    });
    for (let turn = 0; turn < 100; turn++) await settled();
    expect(sent).toBe(false);
    program.signal('SIGCONT');
    await sending;
    expect(await collect(program.messages(), 1)).toMatchObject([{ length: 10 * 1024 * 1024 }]);
    await program.disconnect();
    await program.wait();
  });

  onPosix.each([{ mergeStderr: true }, { nice: 1 }, { shell: true }, {}])(
    'pass by the output (%j)',
    async (options) => {
      const { shell = false, ...others } = options as { shell?: boolean };
      const described = shell
        ? manager().command(`'${process.execPath}' '${PEER}' print 2000; true`).ipc()
        : manager().node(PEER, ['print', '2000']).options(others);
      const program = await described.start();
      const reading = collect(program.messages());
      const result = await program.wait();
      expect(result.lines()).toEqual(numbered(2000).map((_, number) => `line ${number}`));
      expect(await reading).toEqual(numbered(2000));
    },
  );

  it('reach programs that are given by a URL, or relative to their directory', async () => {
    for (const described of [
      manager().node(pathToFileURL(PEER), ['count', '1']),
      manager().path(FIXTURES).node('./peer.cjs', ['count', '1']),
      manager().command([process.execPath, PEER, 'count', '1']).options({ ipc: true }),
    ]) {
      const program = await described.start();
      expect(await collect(program.messages())).toEqual(numbered(1));
    }
  });

  it('need a channel', async () => {
    const program = await manager().start(sh('cat'), { interactive: true });
    const refused = [program.send('x'), program.request('x'), program.disconnect()];
    for (const attempt of refused) {
      await expect(attempt).rejects.toBeInstanceOf(InvalidArgumentError);
      await expect(attempt).rejects.toThrow('node() or ipc()');
    }
    expect(() => program.messages()).toThrow(InvalidArgumentError);
    await program.closeInput();
    await program.wait();
    const [ended] = [await manager().node(PEER, ['count', '0']).start()];
    await ended.wait();
    await expect(ended.send('too late')).rejects.toBeInstanceOf(MessageChannelError);
  });
});

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function cyclic(): unknown {
  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  return cycle;
}
