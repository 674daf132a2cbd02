import { describe, expect, it, jest } from '@jest/globals';
import { testedDrivers } from '../support/drivers.js';
import { measured, type Measured } from '../support/measured.js';

jest.setTimeout(300_000);

const SIZE = 1024 ** 3;
/** Of so many zeros, as sha256sum says. */
const DIGEST = '49bc20df15e412a64472421e13fe86ff1c5165e18b2afccf160d4dc19fe68a14';

describe.each(testedDrivers)('a process (driver %s)', (driver) => {
  it('may print a gigabyte, of which nothing is lost and little is in memory', async () => {
    const report = await measured<Measured & { size: number; digest: string }>(
      driver,
      `const { createHash } = require('node:crypto');
       const result = await manager.run(['head', '-c', '${SIZE}', '/dev/zero']);
       const hash = createHash('sha256');
       let size = 0;
       for await (const chunk of result.stream()) {
         hash.update(chunk);
         size += chunk.length;
       }
       console.log(JSON.stringify({ size, digest: hash.digest('hex'), peakMiB: peak() }));`,
    );
    expect(report.size).toBe(SIZE);
    expect(report.digest).toBe(DIGEST);
    expect(report.peakMiB).toBeLessThan(200);
  });

  it('leaves nothing in memory of what has been written to disk, not even until a collection', async () => {
    const report = await measured<Measured & { grown: number; size: number }>(
      driver,
      `const before = process.memoryUsage().arrayBuffers;
       const result = await manager.run(['dd', 'if=/dev/zero', 'bs=1048576', 'count=24']);
       const grown = (process.memoryUsage().arrayBuffers - before) / 2 ** 20;
       console.log(JSON.stringify({ grown, size: result.bytes().length, peakMiB: peak() }));`,
    );
    expect(report.size).toBe(24 * 1024 ** 2);
    expect(report.grown).toBeLessThan(8);
  });

  it('may print a gigabyte of which nothing is kept, but every byte is seen', async () => {
    const report = await measured<Measured & { size: number; kept: number }>(
      driver,
      `const { Writable } = require('node:stream');
       let size = 0;
       const tee = new Writable({ write(chunk, _, done) { size += chunk.length; done(); } });
       const result = await manager.command(['head', '-c', '${SIZE}', '/dev/zero'])
         .output({ stdout: { policy: 'discard', tee } }).run();
       console.log(JSON.stringify({ size, kept: result.bytes().length, peakMiB: peak() }));`,
    );
    expect(report).toMatchObject({ size: SIZE, kept: 0 });
    expect(report.peakMiB).toBeLessThan(200);
  });

  it('may print two million lines, which are iterated over in bounded memory', async () => {
    const report = await measured<Measured & { count: number; wrong: number }>(
      driver,
      `let count = 0, wrong = 0;
       for await (const line of manager.command(['seq', '2000000']).lines()) {
         if (line !== String(++count)) wrong++;
       }
       console.log(JSON.stringify({ count, wrong, peakMiB: peak() }));`,
    );
    expect(report).toMatchObject({ count: 2_000_000, wrong: 0 });
    expect(report.peakMiB).toBeLessThan(200);
  });

  it('may print a line of 100 million characters; one without end is an error, and ends a loop of its own', async () => {
    const report = await measured<Measured & { lengths: unknown; code: unknown; active: unknown }>(
      driver,
      `const lengths = [];
       const line = (size) => manager.command('head -c ' + size + ' /dev/zero | tr "\\\\0" x; echo; echo').lines();
       for await (const text of line(1e8)) lengths.push(text.length);
       const loop = async () => { for await (const text of line(1e12)) lengths.push(text.length); };
       const code = await loop().catch((error) => error.code);
       console.log(JSON.stringify({ lengths, code, active: manager.activeProcesses.length, peakMiB: peak() }));`,
    );
    expect(report).toMatchObject({
      lengths: [100_000_000, 0],
      code: 'ERR_PROC_OUTPUT_FORMAT',
      active: 0,
    });
    expect(report.peakMiB).toBeLessThan(600);
  });
});
