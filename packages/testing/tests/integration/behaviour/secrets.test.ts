import 'reflect-metadata';
import { inspect } from 'node:util';
import { describe, expect } from '@jest/globals';
import { secret, type ProcessResult } from '@proc/core';
import { actor } from '../../support/behaviour/actor.js';
import { outcomeOf, plainError } from '../../support/behaviour/plain.js';
import { sameOnEveryDriver as same } from '../../support/behaviour/same-on-every-driver.js';

const VALUE = "pa55 'w0rd'/+ä";

/** Whether a secret is in anything that a value becomes when it is written down. */
function shows(value: unknown): boolean {
  const texts = [inspect(value, { depth: 9, showHidden: true }), JSON.stringify(value)];
  for (let error = value; error instanceof Error; error = error.cause) {
    texts.push(inspect(error, { depth: 9, showHidden: true }), String(error.stack), String(error));
  }
  return /pa55|w0rd/.test(texts.join('\n'));
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a secret', () => {
  same(
    'reaches the program as an argument, in its environment and as input',
    async ({ play, processes }) => [
      (
        await processes.command([...actor('args 2'), secret(VALUE), secret`--t=${VALUE}`]).run()
      ).json(),
      (
        await play('env TOKEN')
          .env({ TOKEN: secret(VALUE) })
          .run()
      ).stdout,
      (await play('cat').input(secret(VALUE)).run()).stdout,
      (
        await play('cat')
          .input(['a ', secret(VALUE), ' b'])
          .run()
      ).stdout,
    ],
    (seen) =>
      expect(seen).toEqual([[VALUE, `--t=${VALUE}`], `TOKEN=${VALUE}\n`, VALUE, `a ${VALUE} b`]),
  );

  same(
    'does not show in results, errors, lists and events, printed or not',
    async ({ processes, announced, events }) => {
      const command = [...actor('env TOKEN', 'err careful', 'exit 3'), secret(VALUE)];
      const process = await processes
        .command(command)
        .env({ TOKEN: secret(VALUE) })
        .start();
      const running = shows([process, processes.list()]);
      const result: ProcessResult = await process.wait();
      const error = await rejection(Promise.resolve().then(() => result.throw()));
      const seen = announced() as { readonly printed: unknown };
      return {
        shown: [
          running,
          shows(result),
          shows(error),
          shows(processes.list()),
          shows(events.events),
        ],
        printed: seen.printed,
        raw: result.stdout,
        error: plainError(error),
      };
    },
    ({ shown, printed, raw, error }) => {
      expect(shown).toEqual(Array(5).fill(false));
      expect(printed).toEqual({ out: 'TOKEN=[secret]\n', err: 'careful\n' });
      expect(raw).toBe(`TOKEN=${VALUE}\n`);
      expect(error).toMatchObject({ message: expect.stringContaining("'[secret]'") });
    },
  );

  same(
    'does not show when its program can not be started, or a receiver complains',
    async ({ play, processes }) => {
      const missing = await rejection(
        processes.run(['no-such-program-here', secret(VALUE)] as never),
      );
      const path = await rejection(processes.command([secret`/no/${VALUE}`]).run());
      const complaint = await rejection(
        play('env TOKEN', 'wait')
          .env({ TOKEN: secret(VALUE) })
          .run((_, chunk) => {
            throw new TypeError(`can not read ${chunk}`);
          }),
      );
      const errors = [missing, path, complaint];
      return [errors.map(shows), errors.map(plainError)];
    },
    ([shown, errors]) => {
      expect(shown).toEqual([false, false, false]);
      expect(errors).toMatchObject([
        { name: 'CommandNotFoundError' },
        { name: 'CommandNotFoundError' },
        { cause: { message: 'can not read TOKEN=[secret]\n' } },
      ]);
    },
  );

  same(
    'that is written to a running program does not show from then on',
    async ({ play, events }) => {
      const process = await play('read', 'exit 1').interactive().start();
      await process.write(secret(`${VALUE}\n`));
      const error = await rejection(process.wait().then((result) => result.throw()));
      return [shows(error), shows(events.events), (error as Error).message];
    },
    (seen) => expect(seen).toEqual([false, false, expect.stringContaining('<[secret]')]),
  );

  same(
    'goes along when a middleware wraps the command',
    async ({ processes }) => {
      processes.use((spec, next) =>
        next(
          spec.command.kind === 'argv'
            ? { ...spec, command: { ...spec.command, args: [...spec.command.args, 'more'] } }
            : spec,
        ),
      );
      const result = await processes.command([...actor('args 2'), secret(VALUE)]).run();
      return [result.json(), shows(result), await outcomeOf(Promise.resolve(result))];
    },
    ([args, shown]) => expect([args, shown]).toEqual([[VALUE, 'more'], false]),
  );
});
