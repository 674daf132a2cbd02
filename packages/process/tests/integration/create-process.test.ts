import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, createProcess } from '../../src/index.js';

const SHOUT = join(__dirname, '../fixtures/shout.cjs');

describe('createProcess', () => {
  it('gives a manager that runs processes, pools and pipes', async () => {
    await using processes = await createProcess({ default: 'node' });
    expect((await processes.run('echo hello')).output()).toBe('hello\n');
    const [first, second] = await processes.concurrently([
      ['echo', '1'],
      ['echo', '2'],
    ]);
    expect([first?.output(), second?.output()]).toEqual(['1\n', '2\n']);
    const piped = await processes.pipe(['printf b\\\\na\\\\n', 'sort']).run();
    expect(piped.lines()).toEqual(['a', 'b']);
  });

  it('runs Node programs, in pools and pipelines too', async () => {
    await using processes = await createProcess({ default: 'node' });
    const program = await processes.node(SHOUT).start();
    expect(await program.request('hello')).toBe('HELLO');
    await program.disconnect();
    const results = await processes
      .pool((pool) => {
        pool.as('first').node(SHOUT, ['1']);
        pool.node(SHOUT, ['2']);
      })
      .start();
    expect(results.get('first')?.output()).toBe('1');
    const piped = await processes
      .pipe((pipe) => {
        pipe.node(SHOUT, ['3']);
        pipe.command(['cat']);
      })
      .streaming()
      .run();
    expect(piped.output()).toBe('3');
  });

  it('keeps managers apart', async () => {
    await using one = await createProcess({ default: 'node' });
    await using two = await createProcess({ default: 'node' });
    one.macro('only', () => 1);
    expect(two.hasMacro('only')).toBe(false);
    await using running = await one.start('cat', { input: null });
    await running.wait();
    expect(two.list()).toEqual([]);
  });

  it('stops what it has started when it is disposed', async () => {
    const processes = await createProcess({ default: 'node' });
    const running = await processes.start(['sleep', '1000']);
    await processes[Symbol.asyncDispose]();
    expect(running.running()).toBe(false);
    expect(processes.activeProcesses).toEqual([]);
    await expect(processes.run('echo')).rejects.toThrow(/shut down/);
  });

  it('refuses a wrong configuration, naming the path and the nearest key', async () => {
    const wrong = createProcess({ timout: 5 } as never);
    await expect(wrong).rejects.toThrow(ConfigurationError);
    await expect(createProcess({ timout: 5 } as never)).rejects.toThrow(
      /process\.timout.*Did you mean "timeout"/,
    );
  });
});
