import { expect, it } from '@jest/globals';
import {
  OutputFormatError,
  ProcessFailedError,
  ProcessSignaledError,
  ProcessTimedOutError,
  type StandardSchema,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { script, sh } from '../support/programs.js';

type Validate<T> = StandardSchema<T>['~standard']['validate'];

const schema = <T>(validate: Validate<T>): StandardSchema<T> => ({
  '~standard': { version: 1, vendor: 'test', validate },
});

const count = schema<number>((value) =>
  typeof value === 'object' && value !== null && 'n' in value && typeof value.n === 'number'
    ? { value: value.n }
    : { issues: [{ message: 'must be a number', path: ['n'] }] },
);

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

onEveryDriver('lines of JSON', ({ manager }) => {
  it('are values, empty lines passed over, the last one without a line end too', async () => {
    const running = await manager().start(sh(`printf '{"n":1}\\n\\n[2]\\r\\n"drei"'`));
    expect(await all(running.jsonLines())).toEqual([{ n: 1 }, [2], 'drei']);
  });

  it('are validated one by one', async () => {
    const code = 'for (let n = 0; n < 1000; n++) console.log(JSON.stringify({ n }))';
    const values = await all(manager().command(script(code)).jsonLines(count));
    expect(values).toEqual(Array.from({ length: 1000 }, (_, n) => n));
  });

  it('may be validated by a schema that takes its time', async () => {
    const later = schema<string>(async (value) => {
      await new Promise(setImmediate);
      return { value: `<${String(value)}>` };
    });
    expect(await all(manager().command(sh('echo 1; echo 2')).jsonLines(later))).toEqual([
      '<1>',
      '<2>',
    ]);
    expect(await manager().command(sh('echo 3')).json(later)).toBe('<3>');
  });

  it('say which line is none, or does not fit', async () => {
    const none = all(manager().command(sh(`echo '{"n":1}'; echo oops`)).jsonLines());
    await expect(none).rejects.toThrow(OutputFormatError);
    await expect(none).rejects.toThrow(/printed no JSON on line 2: .*It begins with: "oops"/);
    const misfit = all(manager().command(sh(`echo; echo '{"n":"x"}'`)).jsonLines(count));
    await expect(misfit).rejects.toThrow(/does not fit the schema on line 2: n: must be a number/);
  });

  it('stop the process that was started for them when one is none', async () => {
    const processes = manager();
    const lines = all(processes.command(sh('echo oops; exec sleep 1000')).jsonLines());
    await expect(lines).rejects.toThrow(OutputFormatError);
    expect(processes.activeProcesses).toHaveLength(0);
  });

  it('leave a process alone that was started by itself', async () => {
    await using running = await manager().start(sh('echo oops; exec sleep 1000'));
    await expect(all(running.jsonLines())).rejects.toThrow(OutputFormatError);
    expect(running.running()).toBe(true);
  });

  it('end with an error when the program that was started for them fails', async () => {
    const seen: unknown[] = [];
    const read = async (line: string): Promise<void> => {
      for await (const value of manager().command(sh(line)).jsonLines()) seen.push(value);
    };
    await expect(read('echo 1; exit 3')).rejects.toThrow(ProcessFailedError);
    await expect(read('echo 2; kill -KILL $$')).rejects.toThrow(ProcessSignaledError);
    expect(seen).toEqual([1, 2]);
    const running = await manager().start(sh('echo 3; exit 3'));
    expect(await all(running.jsonLines())).toEqual([3]);
    expect(await running.exitCode).toBe(3);
  });

  it('end as waiting does', async () => {
    const pending = manager().command(sh('echo 1; exec sleep 1000')).timeout(300);
    await expect(all(pending.jsonLines())).rejects.toThrow(ProcessTimedOutError);
  });

  it('come in order where nothing is kept, and none is lost', async () => {
    const code = `
      let n = 0;
      const more = () => {
        while (process.stdout.write(JSON.stringify({ n: n++, filler: 'x'.repeat(1000) }) + '\\n'));
        process.stdout.once('drain', more);
      };
      more();`;
    const running = await manager().command(script(code)).quietly().start();
    let expected = 0;
    for await (const { n } of running.jsonLines<{ n: number }>()) {
      expect(n).toBe(expected++);
      if (n === 20_000) break;
    }
    await running.stop();
  });
});
