import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ProcessManager, type Application } from '@proc/core';
import { createApplication } from '../support/application.js';
import { leftovers } from '../support/leftovers.js';

describe.each(['node', 'execa'])('with the driver %s', (driver) => {
  let app: Application;
  let processes: ProcessManager;

  beforeAll(async () => {
    app = await createApplication({ default: driver });
    processes = app.get(ProcessManager);
  });

  afterEach(() => {
    expect(processes.activeProcesses).toEqual([]);
    expect(leftovers()).toEqual([]);
  });

  afterAll(async () => {
    await app.shutdown();
  });

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
