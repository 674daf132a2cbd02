import { describe, expect, it } from '@jest/globals';
import type { ProcessManager } from '@proc/core';
import { LOCAL_DRIVERS, shareManager } from '../support/share-manager.js';

describe.each(LOCAL_DRIVERS)('with the driver %s', (driver) => {
  let processes: ProcessManager;
  shareManager(driver, (manager) => (processes = manager));

  it('the stages around one that is killed while they stream end, and it is named', async () => {
    const running = await processes
      .pipe((pipe) => {
        pipe.command('yes');
        pipe.as('middle').command(['sh', '-c', 'echo "pid $$"; exec cat']);
        pipe.as('last').command('cat');
      })
      .streaming()
      .start();
    let pid = 0;
    for await (const line of running.lines()) {
      pid = Number(/^pid (\d+)$/.exec(line)?.[1]);
      break;
    }
    process.kill(pid, 'SIGKILL');
    const result = await running.wait();

    expect(result.failedStage?.key).toBe('middle');
    expect(result.signal).toBe('SIGKILL');
    expect(result.stages.map((stage) => stage.result.signal)).toEqual(['SIGPIPE', 'SIGKILL', null]);
    expect(() => result.throw()).toThrow(/stage 2 \("middle"\).*was ended by SIGKILL/s);
  });
});
