import { ProcessStartError } from '@proc/core';
import assert from 'node:assert/strict';
import { group } from '../conformance-case.js';

export const limitCases = group('limits and niceness', [
  {
    name: 'limits the files that a program may have open',
    requires: ['limits'],
    async run(context) {
      const free = await context.run('open', '200');
      assert.equal(free.stdout, 'opened');
      const limited = await context.command('open', '200').limits({ files: 60 }).run();
      assert.equal(limited.stdout, 'EMFILE');
    },
  },
  {
    name: 'starts nothing where a limit is refused',
    requires: ['limits'],
    async run(context) {
      const pending = context.command('open', '0').limits({ files: 1e15 });
      const error: unknown = await pending.run().then(
        ({ stdout }) => assert.fail(`the program was run without its limit: ${stdout}`),
        (reason: unknown) => reason,
      );
      assert.ok(ProcessStartError.is(error), `got ${String(error)}`);
    },
  },
  {
    name: 'adds to the niceness of a program',
    requires: ['nice'],
    async run(context) {
      const plain = await context.run('niceness');
      const nice = await context.command('niceness').nice(3).run();
      assert.equal(Number(nice.stdout), Math.min(Number(plain.stdout) + 3, 19));
    },
  },
]);
