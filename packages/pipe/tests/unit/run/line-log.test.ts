import { describe, expect, it } from '@jest/globals';
import { LineLog } from '../../../src/run/line-log.js';
import { turn } from '../../support/turn.js';

async function collect(lines: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

describe('LineLog', () => {
  it('gives every reader all lines, however late it comes', async () => {
    const log = new LineLog({ keepsAll: true });
    const early = collect(log.lines());
    await log.append('a\nb');
    const late = collect(log.lines());
    await log.append('c\r\nrest');
    log.end();

    const all = ['a', 'bc', 'rest'];
    expect(await early).toEqual(all);
    expect(await late).toEqual(all);
    expect(await collect(log.lines())).toEqual(all);
  });

  it('gives a reader only what comes after it when nothing is to be kept', async () => {
    const log = new LineLog({ keepsAll: false });
    await log.append('past\n');
    const lines = collect(log.lines());
    await turn();
    await log.append('future\n');
    log.end();

    expect(await lines).toEqual(['future']);
  });

  it('holds the writer back while a reader lags behind, and lets go when the reader leaves', async () => {
    const log = new LineLog({ keepsAll: true });
    const lines = log.lines();
    await log.append('first\n');
    await lines.next();
    let written = false;

    const writing = log.append(`${'x'.repeat(2 * 1024 * 1024)}\n`).then(() => {
      written = true;
    });
    await turn();
    expect(written).toBe(false);
    await lines.return();
    await writing;

    expect(written).toBe(true);
  });

  it('does not hold the writer back when nobody reads', async () => {
    const log = new LineLog({ keepsAll: true });

    await log.append('x'.repeat(4 * 1024 * 1024));

    log.end();
    expect((await collect(log.lines()))[0]).toHaveLength(4 * 1024 * 1024);
  });
});
