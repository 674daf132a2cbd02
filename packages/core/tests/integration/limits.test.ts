import { getPriority } from 'node:os';
import { expect, it } from '@jest/globals';
import { LimitRefusedError } from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { script, sh } from '../support/programs.js';
import { unprivileged } from '../support/users.js';

const MEGABYTE = 1024 * 1024;

/** Prints the soft limits that it has, as a shell calls them. */
const PRINT_LIMITS = 'ulimit -t; ulimit -v; ulimit -n; ulimit -u 2>/dev/null || ulimit -p';

onEveryDriver('limits()', ({ manager }) => {
  it('are those of the program, in its units', async () => {
    const result = await manager()
      .command(sh(PRINT_LIMITS))
      .limits({ cpu: '1m', memory: '500MiB', files: 40, processes: 50 })
      .run();
    expect(result.lines()).toEqual(['60', String(500 * 1024), '40', '50']);
  });

  it('are rounded up to what the system counts in', async () => {
    const result = await manager()
      .command(sh('ulimit -t; ulimit -v'))
      .limits({ cpu: 1001, memory: 500 * MEGABYTE + 1 })
      .run();
    expect(result.lines()).toEqual(['2', String(500 * 1024 + 1)]);
  });

  it('end a program that uses more processor time', async () => {
    const result = await manager().command(sh('while :; do :; done')).limits({ cpu: '1s' }).run();
    expect(result.signal).toBe('SIGXCPU');
  });

  it('kill a program that goes on after it was told', async () => {
    const line = "trap 'echo told' XCPU; while :; do :; done";
    const result = await manager().command(sh(line)).limits({ cpu: '1s' }).run();
    expect(result.stdout).toBe('told\n');
    expect(result.signal).toBe('SIGKILL');
  });

  it('keep a program from opening more files', async () => {
    const code = `
      const { openSync } = require('node:fs');
      let count = 0;
      try { for (;;) { openSync('/dev/null'); count++; } } catch ({ code }) { console.log(code, count > 0); }`;
    const result = await manager().command(script(code)).limits({ files: 60 }).run();
    expect(result.stdout).toBe('EMFILE true\n');
  });

  it('keep a program from allocating more memory', async () => {
    const copy = manager().command(['dd', 'if=/dev/zero', 'of=/dev/null', 'bs=200M', 'count=1']);
    expect((await copy.run()).exitCode).toBe(0);
    const result = await copy.limits({ memory: 100 * MEGABYTE }).run();
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toMatch(/memory/);
  });

  it('keep a program from starting more processes', async () => {
    const fork = unprivileged(manager().command(sh('(:) || :; echo forked')));
    expect((await fork.run()).stdout).toBe('forked\n');
    const result = await fork.limits({ processes: 1 }).run();
    expect(result.stdout).toBe('');
    expect(result.stderr).toMatch(/fork/);
  });

  it('can not be raised again by the program', async () => {
    const line = 'ulimit -n 41 2>/dev/null || echo refused';
    const result = await unprivileged(manager().command(sh(line)))
      .limits({ files: 40 })
      .run();
    expect(result.stdout).toBe('refused\n');
  });

  it('say so when one is above what the system allows, and start nothing', async () => {
    const pending = manager().command(sh('echo started')).limits({ files: 1e15 });
    const error = await pending.run().catch((reason: unknown) => reason);
    expect(LimitRefusedError.is(error)).toBe(true);
    expect((error as LimitRefusedError).result?.stdout).toBe('');
    if (process.platform === 'linux') {
      expect((error as LimitRefusedError).message).toMatch(
        /a limit of 1000000000000000 files is above the hard limit of this process, \d+ \(/,
      );
    }
  });

  it.each([{ files: 1 }, { files: 3 }, { memory: 1 }, { memory: MEGABYTE }, { processes: 1 }])(
    'that starve everything end in the program or in a signal: %j',
    async (limits) => {
      const big = 'x'.repeat(100_000);
      const result = await unprivileged(manager().command(['printf', '%.2s', big]))
        .limits(limits)
        .mergeStderr()
        .run();
      // What begins as the program may lack what its loader needs.
      if (result.exitCode === 0) expect(result.stdout).toBe('xx');
      else if (result.exitCode === null) expect(result.signal).toMatch(/^SIG(KILL|SEGV|BUS|ABRT)$/);
      else expect([result.exitCode, result.stdout]).toEqual([127, expect.stringMatching(/shared/)]);
    },
  );
});

onEveryDriver('nice()', ({ manager }) => {
  const own = getPriority();
  const print = script('process.stdout.write(String(require("node:os").getPriority()))');

  it('adds to the niceness of the program', async () => {
    expect((await manager().command(print).nice(5).run()).stdout).toBe(String(own + 5));
    expect((await manager().command(print).nice(19).run()).stdout).toBe('19');
    expect((await manager().command(print).nice(0).run()).stdout).toBe(String(own));
  });

  it('is a typed error where it would be lowered without the right to, and starts nothing', async () => {
    const pending = unprivileged(manager().command(sh('echo started'))).nice(-5);
    const error = await pending.run().catch((reason: unknown) => reason);
    expect(LimitRefusedError.is(error)).toBe(true);
    expect((error as LimitRefusedError).message).toMatch(/a niceness lower by 5 is refused \(/);
    expect((error as LimitRefusedError).result?.stdout).toBe('');
  });
});
