import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { onEveryDriver, testedDrivers } from '../support/drivers.js';

const SOURCES = join(__dirname, '../support/register-sources.cjs');
const CORE = join(__dirname, '../../src/index.ts');

/** Runs a program of its own that uses core, since NODE_DEBUG is read when a process begins. */
function program(driver: string): string {
  return `
    require(${JSON.stringify(SOURCES)});
    const { Application, ProcessManager, ProcessServiceProvider, secret } = require(${JSON.stringify(CORE)});
    (async () => {
      const config = { process: { default: ${JSON.stringify(driver)} } };
      const app = new Application({ providers: [ProcessServiceProvider], config });
      const processes = app.get(ProcessManager);
      await processes.command(['printf', '%s', secret('hunter2')]).run();
      await processes.command('sleep 30').timeout(20).run().catch(() => undefined);
      await processes.run('no-such-program').catch(() => undefined);
      await app.shutdown();
    })();`;
}

onEveryDriver('NODE_DEBUG', ({ manager }) => {
  it.each(testedDrivers)('tells what happens to every process (driver %s)', async (driver) => {
    const { stderr } = await manager()
      .command([process.execPath, '-e', program(driver)])
      .env({ NODE_DEBUG: 'proc' })
      .runOrFail();
    const lines = stderr
      .split('\n')
      .filter((line) => line.startsWith('PROC'))
      .map((line) => line.replace(/^PROC \d+: \S+ /, ''));
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^starts with ${driver}: printf %s '\\[secret\\]'$`)),
      expect.stringMatching(/^started: pid \d+$/),
      expect.stringMatching(/^ended after \d+ ms: exit code 0 \(OK\)$/),
      expect.stringMatching(/^starts with/),
      expect.stringMatching(/^started/),
      'is sent SIGTERM',
      expect.stringMatching(/^ended after \d+ ms: SIGTERM, timedOut$/),
      expect.stringMatching(/^starts with/),
      'could not be started: ERR_PROC_COMMAND_NOT_FOUND',
    ]);
    expect(stderr).not.toContain('hunter2');
  });

  it('writes nothing unless it names proc', async () => {
    const { stderr } = await manager()
      .command([process.execPath, '-e', program('node')])
      .env({ NODE_DEBUG: 'net' })
      .runOrFail();
    expect(stderr).not.toContain('PROC');
  });
});
