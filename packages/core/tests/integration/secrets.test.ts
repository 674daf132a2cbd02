import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import {
  CommandNotFoundError,
  InvalidArgumentError,
  OutputCallbackError,
  ProcError,
  ProcessFailedError,
  ProcessOutput,
  secret,
  type ProcessManager,
  type ProcessResult,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { script, sh } from '../support/programs.js';

const VALUE = "pa55 'w0rd'/+ä";
const PRINT_ENV = 'process.stdout.write(process.env.TOKEN)';
const PRINT_ARGS = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
/** Prints an argument in every form to both streams, and fails. */
const LEAK = `
  const [value] = process.argv.slice(1);
  const bytes = Buffer.from(value);
  const forms = [value, encodeURIComponent(value), JSON.stringify(value), bytes.toString('base64'),
    Buffer.from('user:' + value).toString('base64'), bytes.toString('hex'), bytes.toString('base64url')];
  for (const form of forms) { console.log('out ' + form); console.error('err ' + form); }
  process.exitCode = 3;`;

const bytes = Buffer.from(VALUE);
const FORBIDDEN = [
  VALUE,
  'pa55',
  'w0rd',
  encodeURIComponent(VALUE),
  JSON.stringify(VALUE).slice(1, -1),
  bytes.toString('base64').slice(0, -4),
  Buffer.from(`user:${VALUE}`).toString('base64').slice(8, -4),
  bytes.toString('hex'),
];

/** Everything that an error or a result becomes when it is written down. */
function textsOf(value: unknown): string {
  const error = value as Error;
  const chain: unknown[] = [];
  for (let cause: unknown = error; cause !== undefined && chain.length < 9;) {
    chain.push(
      `${cause as Error}`,
      (cause as Error).stack,
      inspect(cause, { depth: 9, showHidden: true }),
    );
    cause = (cause as Error | null)?.cause;
  }
  return [...chain, JSON.stringify(value), inspect(value, { depth: 9 })].join('\n');
}

function expectClean(text: string): void {
  expect(FORBIDDEN.filter((form) => text.includes(form))).toEqual([]);
}

async function errorOf(run: Promise<ProcessResult>): Promise<ProcError> {
  try {
    throw new Error(`it succeeded: ${inspect(await run)}`);
  } catch (error) {
    return error as ProcError;
  }
}

onEveryDriver('a secret', ({ manager, recorded }) => {
  it('reaches the program as an argument, in the environment and as input', async () => {
    const processes = manager();
    const args = [...script(PRINT_ARGS), secret(VALUE), secret`--token=${VALUE}`, 'plain'];
    expect((await processes.command(args).run()).json()).toEqual([
      VALUE,
      `--token=${VALUE}`,
      'plain',
    ]);
    const inEnvironment = processes.command(script(PRINT_ENV)).env({ TOKEN: secret(VALUE) });
    expect((await inEnvironment.run()).stdout).toBe(VALUE);
    expect((await processes.command('cat').input(secret(VALUE)).run()).stdout).toBe(VALUE);
    const pieces = processes.command('cat').input(['a ', secret(VALUE), ' b']);
    expect((await pieces.run()).stdout).toBe(`a ${VALUE} b`);
    expect((await processes.$`printf %s ${secret(VALUE)}`.run()).stdout).toBe(VALUE);
  });

  it('does not show in the description', () => {
    const pending = manager()
      .command(['login', secret(VALUE)])
      .env({ TOKEN: secret(VALUE) })
      .input(secret(VALUE));
    expect(pending.toString()).toBe("login '[secret]'");
    expectClean(inspect(pending, { depth: 9, showHidden: true }));
    expectClean(JSON.stringify(pending.toSpec()));
    expectClean(inspect(pending.toSpec(), { depth: 9, showHidden: true }));
    expectClean(inspect(structuredClone(pending.toSpec()), { depth: 9 }));
  });

  it('does not show in the running process', async () => {
    const processes = manager();
    await using running = await processes
      .command(['sleep', '30'])
      .env({ T: secret(VALUE) })
      .start();
    expectClean(inspect(running, { depth: 9, showHidden: false }));
    expectClean(JSON.stringify([processes.list(), running]));
  });

  it('does not show in the result and the error of a program that prints it in every form', async () => {
    const result = await manager()
      .command([...script(LEAK), secret(VALUE)])
      .run();
    expect(result.stdout).toContain(VALUE);
    expectClean(textsOf(result));
    const error = await errorOf(Promise.resolve().then(() => result.throw()));
    expect(error).toBeInstanceOf(ProcessFailedError);
    expect(error.message).toContain('err [secret]');
    expectClean(textsOf(error));
  });

  it('does not show in events, also when it is printed in pieces', async () => {
    const { manager: processes, events } = recorded();
    // Each piece when the one before has been heard: else the system may join them.
    const code = `
      const pieces = process.env.TOKEN.match(/../gsu);
      process.stdin.on('data', () => {
        if (pieces.length === 0) process.exit();
        process.stdout.write(pieces.shift());
      });
      process.stdout.write('before ');`;
    const chunks: string[] = [];
    const running = await processes
      .command(script(code))
      .env({ TOKEN: secret(VALUE) })
      .interactive()
      .start();
    const result = await running.wait(async (_, chunk) => {
      chunks.push(chunk);
      await running.write('.');
    });
    expect(result.stdout).toBe(`before ${VALUE}`);
    expect(chunks.length).toBeGreaterThan(2);
    expect(
      events
        .of(ProcessOutput)
        .map(({ chunk }) => chunk)
        .join(''),
    ).toBe('before [secret]');
    expectClean(inspect(events.events, { depth: 9 }));
    expectClean(JSON.stringify(events.events));
  });

  it('does not show when its program can not be started', async () => {
    const processes = manager();
    const error = await errorOf(processes.run([`no-such-program`, secret(VALUE)] as never));
    expect(error).toBeInstanceOf(CommandNotFoundError);
    expect(error.cause).toBeDefined();
    expectClean(textsOf(error));
    const name = await errorOf(processes.command([secret`/no/${VALUE}`]).run());
    expect(name).toBeInstanceOf(CommandNotFoundError);
    expectClean(textsOf(name));
  });

  it('does not show in the error of a callback that complains about what it was given', async () => {
    const run = manager()
      .command([...script(PRINT_ARGS), secret(VALUE)])
      .run((_, chunk) => {
        throw new TypeError(`can not read ${chunk}`);
      });
    const error = await errorOf(run);
    expect(error).toBeInstanceOf(OutputCallbackError);
    expect(error.cause).toBeInstanceOf(TypeError);
    expect((error.cause as Error).message).toBe('can not read ["[secret]"]');
    expectClean(textsOf(error));
  });

  it('keeps the very error of a callback that says nothing secret', async () => {
    const mine = new Error('mine');
    const error = await errorOf(
      manager()
        .command([...script(PRINT_ARGS), secret(VALUE)])
        .run(() => {
          throw mine;
        }),
    );
    expect(error.cause).toBe(mine);
  });

  it('that is written to a running process does not show from then on', async () => {
    const running = await manager().command('cat >&2; exit 1').interactive().start();
    await running.write(secret(VALUE));
    await running.closeInput();
    const error = await errorOf(running.wait().then((result) => result.throw()));
    expect(error.message).toContain('[secret]');
    expectClean(textsOf(error));
  });

  it('that is sent to a Node program arrives, and does not show when it comes back', async () => {
    const code = `process.on('message', ({ token }) => {
      process.stderr.write('got ' + token);
      process.send(token, () => process.exit(1));
    })`;
    const running = await manager().command(script(code)).ipc().start();
    expect(await running.request({ token: secret(VALUE) })).toBe(VALUE);
    const error = await errorOf(running.wait().then((result) => result.throw()));
    expect(error.message).toContain('got [secret]');
    expectClean(textsOf(error));
  });

  it('does not show where another command is given what one printed of it', async () => {
    const processes = manager();
    const printed = await processes.command(['printf', 'token=%s\\n', secret(VALUE)]).run();
    const next = processes.$`printf %s ${printed} ${await processes.run('echo plain')}`;
    expect(next.toString()).toBe("printf %s '[secret]' plain");
    expect((await next.run()).stdout).toBe(`token=${VALUE}plain`);
  });

  it('does not show where another program reads what one prints of it', async () => {
    const processes = manager();
    const source = await processes.command(['printf', '%s', secret(VALUE)]).start();
    const result = await processes.command('cat >&2; exit 1').input(source).run();
    expect(result.stderr).toBe(VALUE);
    expectClean(textsOf(result));
  });

  it('takes the place of no text that only looks like its mark', async () => {
    process.env['LOOKS_LIKE_IT'] = '[secret]';
    try {
      const result = await manager()
        .command(sh('printf "%s|%s" "$LOOKS_LIKE_IT" "$TOKEN"'))
        .env({ TOKEN: secret(VALUE) })
        .run();
      expect(result.stdout).toBe(`[secret]|${VALUE}`);
    } finally {
      delete process.env['LOOKS_LIKE_IT'];
    }
    let attempts = 0;
    const again = await manager()
      .command([...script(`${PRINT_ARGS}; process.exitCode = 1`), '[secret]'])
      .input(['a ', secret(VALUE)])
      .retry({ times: 1, when: () => ++attempts < 2 })
      .run();
    expect(again).toMatchObject({ stdout: '["[secret]"]', attempts: 2 });
  });

  it('goes along when a middleware wraps the command', async () => {
    const processes = manager().use((spec, next) => {
      const { command } = spec;
      if (command.kind !== 'argv') return next(spec);
      const args = ['X=1', command.file, ...command.args];
      return next({ ...spec, command: { kind: 'argv', file: 'env', args } });
    });
    const result = await processes.command(['printf', '%s', secret(VALUE)]).run();
    expect(result.stdout).toBe(VALUE);
    expectClean(textsOf(result));
  });

  it('does not show in what is left of a long output that is cut', async () => {
    const code =
      "process.stderr.write('x'.repeat(70000) + process.env.TOKEN + 'y'.repeat(process.argv[1])); process.exit(1)";
    const value = 'QWERTZUIOP'.repeat(26);
    for (const length of [1800, 1950, 8000, 8192, 65_400]) {
      const result = await manager()
        .command(script(code, String(length)))
        .env({ TOKEN: secret(value) })
        .run();
      expect(result.stderr).toContain(value);
      const error = await errorOf(Promise.resolve().then(() => result.throw()));
      const text = `${error.message} ${JSON.stringify(result)} ${inspect(result)}`;
      expect(text).not.toMatch(/[QWRTZUIOP]{4}/);
    }
  });

  it('does not show where a policy keeps only a part of the output', async () => {
    for (const policy of ['head', 'tail', 'headTail'] as const) {
      for (const limit of [10, 20, 30, 40]) {
        const result = await manager()
          .command(sh('printf "12345678 $TOKEN 12345678"'))
          .env({ TOKEN: secret('swordfish-swordfish') })
          .maxOutput(limit, policy)
          .run();
        const { stdout } = result.toJSON();
        expect(stdout).not.toMatch(/sword|fish|ords/);
      }
    }
  });
});

describe('a secret where there can be none', () => {
  const command = (processes: ProcessManager): void => {
    processes.command(secret('ls | wc') as never).toSpec();
  };

  onEveryDriver('a command', ({ manager }) => {
    it('is refused as a whole line', () => {
      expect(() => {
        command(manager());
      }).toThrow(InvalidArgumentError);
    });

    it('is refused with a NUL in it, without being shown', () => {
      const pending = manager().command(['true', secret('hun\0ter2')]);
      expect(() => pending.toSpec()).toThrow(InvalidArgumentError);
      expect(() => pending.toSpec()).not.toThrow(/hun/);
    });
  });
});
