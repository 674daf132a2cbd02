import { closeSync, openSync, writeSync } from 'node:fs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Epoll } from '../../../src/native/epoll.js';
import { Libc } from '../../../src/native/libc.js';
import type { Symbols } from '../../../src/native/symbols.js';
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
    const epoll = Epoll.of(libc);
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

  it.each(['x64', 'ia32', 'arm64'] as const)('reads what the system says on %s', (arch) => {
    const words = arch !== 'arm64' ? [1, 7, 0, 1, 8, 0] : [1, 0, 7, 0, 1, 0, 8, 0];
    const calls: NonNullable<Symbols['epoll']> = {
      create: () => 3,
      control: () => 0,
      wait: (_, events) => {
        (events as Int32Array).set(words);
        return 2;
      },
    };
    const library = { symbols: { epoll: calls } };
    const epoll = Epoll.of(library, arch);
    epoll?.add(7);
    expect(epoll?.ready()).toEqual([7, 8]);
  });

  it('is not there where the library has none', () => {
    expect(Epoll.of({ symbols: { epoll: undefined } })).toBeUndefined();
  });

  it('watches nothing while it can not be opened', () => {
    let left = 1;
    const calls = { create: () => (left-- > 0 ? -1 : 3), control: () => 0, wait: () => 0 };
    const epoll = Epoll.of({ symbols: { epoll: calls } });
    expect(epoll?.add(7)).toBe(false);
    expect(epoll?.ready()).toEqual([]);
    expect(epoll?.add(7)).toBe(true);
  });
});
