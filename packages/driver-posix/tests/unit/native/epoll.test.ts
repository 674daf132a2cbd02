import { closeSync, openSync, writeSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Epoll } from '../../../src/native/epoll.js';
import { Libc } from '../../../src/native/libc.js';
import { leftOut } from '../../support/left-out.js';

const onLinux = process.platform === 'linux';
if (!onLinux) leftOut('epoll: Linux has it');

(onLinux ? describe : describe.skip)('epoll', () => {
  const libc = Libc.load();
  const open = new Set<number>();
  const pipe = () => {
    const ends = libc.pipe();
    open.add(ends.read).add(ends.write);
    return ends;
  };
  const make = (): Epoll => {
    const epoll = Epoll.open(libc);
    if (epoll === undefined) throw new Error('this library has no epoll');
    return epoll;
  };

  afterEach(() => {
    for (const descriptor of open) closeSync(descriptor);
    open.clear();
  });

  it('says what can be read, in the order in which it was written', () => {
    const [one, two, three] = [pipe(), pipe(), pipe()];
    const epoll = make();
    for (const { read } of [one, two, three]) expect(epoll.add(read)).toBe(true);
    expect(epoll.ready()).toEqual([]);
    writeSync(three.write, 'x');
    writeSync(one.write, 'x');
    expect(epoll.ready()).toEqual([three.read, one.read]);
  });

  it('tells of an end, and no more of what was taken out', () => {
    const { read, write } = pipe();
    const epoll = make();
    epoll.add(read);
    closeSync(write);
    open.delete(write);
    expect(epoll.ready()).toEqual([read]);
    epoll.remove(read);
    expect(epoll.ready()).toEqual([]);
  });

  it('takes nothing that can not be waited for', () => {
    const directory = openSync('/', 'r');
    open.add(directory);
    expect(make().add(directory)).toBe(false);
  });

  it.each(['x64', 'arm64'] as const)('reads what the system says on %s', (arch) => {
    const words = arch === 'x64' ? [1, 7, 0, 1, 8, 0] : [1, 0, 7, 0, 1, 0, 8, 0];
    const calls = {
      create: () => 3,
      control: () => 0,
      wait: (_: number, events: Int32Array) => {
        events.set(words);
        return 2;
      },
    };
    const library = { symbols: { epoll: calls as never }, errno: 0 };
    expect(Epoll.open(library, arch)?.ready()).toEqual([7, 8]);
  });

  it('is not there where the library has none', () => {
    expect(Epoll.open({ symbols: { epoll: undefined }, errno: 0 })).toBeUndefined();
  });

  it('throws what the system says when there can be none', () => {
    const calls = { create: () => -1, control: () => 0, wait: () => 0 };
    expect(() => Epoll.open({ symbols: { epoll: calls }, errno: 24 })).toThrow(
      expect.objectContaining({ code: 'EMFILE' }),
    );
  });
});
