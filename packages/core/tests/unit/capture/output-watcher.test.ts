import { describe, expect, it, jest } from '@jest/globals';
import { OutputWatcher, type WatchOutcome } from '../../../src/capture/output-watcher.js';
import { Captured, settled } from '../../support/captured.js';

async function textsOf(outcome: Promise<WatchOutcome>): Promise<readonly string[]> {
  return Array.from(await outcome);
}

describe('OutputWatcher', () => {
  const watch = (draft = {}): { captured: Captured; watcher: OutputWatcher } => {
    const captured = new Captured(draft);
    return { captured, watcher: new OutputWatcher(captured.capture, 'utf8') };
  };

  it('finds what was printed before, on either stream', async () => {
    const { captured, watcher } = watch();
    await captured.print('ready', 'err');
    expect(await textsOf(watcher.until('ready', undefined))).toEqual(['ready']);
  });

  it('finds a pattern wherever the output is cut', async () => {
    const text = 'port=\u20ac8080;';
    const bytes = Buffer.from(text);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const { captured, watcher } = watch();
      const found = watcher.until(/port=\u20ac(\d+);/, undefined);
      if (cut > 0) await captured.print(bytes.subarray(0, cut));
      if (cut < bytes.length) await captured.print(bytes.subarray(cut));
      expect(await textsOf(found)).toEqual([text, '8080']);
    }
  });

  it('goes on after the last match', async () => {
    const { captured, watcher } = watch();
    await captured.print('n=1 n=2 ');
    expect(await textsOf(watcher.until(/n=(\d)/, undefined))).toEqual(['n=1', '1']);
    expect(await textsOf(watcher.until(/n=(\d)/, undefined))).toEqual(['n=2', '2']);
    const third = watcher.until(/n=(\d)/, undefined);
    await captured.print('n=3');
    expect(await textsOf(third)).toEqual(['n=3', '3']);
  });

  it('misses nothing that is printed between two waits', async () => {
    const { captured, watcher } = watch();
    await captured.print('a');
    await watcher.until('a', undefined);
    await captured.print('b');
    await captured.print('c');
    expect(await textsOf(watcher.until('b', undefined))).toEqual(['b']);
    expect(await textsOf(watcher.until('c', undefined))).toEqual(['c']);
  });

  it('takes text literally and ignores the state of a pattern', async () => {
    const { captured, watcher } = watch();
    const sticky = /x/gy;
    sticky.lastIndex = 7;
    await captured.print('a.b [x]');
    expect(await textsOf(watcher.until('.b [', undefined))).toEqual(['.b [']);
    expect(await textsOf(watcher.until(sticky, undefined))).toEqual(['x']);
    expect(sticky.lastIndex).toBe(7);
  });

  it('shows a function each chunk once, with its stream', async () => {
    const { captured, watcher } = watch();
    await captured.print('one');
    await captured.print('two', 'err');
    const test = jest.fn((type: string, text: string) => text === 'two' && type === 'err');
    expect(await textsOf(watcher.until(test, undefined))).toEqual(['two']);
    expect(test.mock.calls).toEqual([
      ['out', 'one'],
      ['err', 'two'],
    ]);
  });

  it('ends with the output', async () => {
    const { captured, watcher } = watch();
    const wait = watcher.until('never', undefined);
    await captured.end();
    expect(await wait).toBe('ended');
  });

  it('ends when its time is over, although nothing is printed', async () => {
    const { watcher } = watch();
    expect(await watcher.until('never', 1)).toBe('timedOut');
  });

  it('holds the process back only while it waits', async () => {
    const { captured, watcher } = watch();
    await captured.print(Buffer.alloc(2 * 1024 * 1024, ' '));
    await settled();
    expect(captured.capture.heldBack).toBe(false);
    const wait = watcher.until('end', undefined);
    await captured.print('end');
    expect(await textsOf(wait)).toEqual(['end']);
    await captured.print(Buffer.alloc(2 * 1024 * 1024, ' '));
    expect(captured.capture.heldBack).toBe(false);
  });
});
