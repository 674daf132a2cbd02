import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  InputClosedError,
  InvalidArgumentError,
  ProcessCancelledError,
  ProcessIdleTimedOutError,
  ProcessTimedOutError,
  type Application,
  type ProcessManager,
} from '@proc/core';
import { testingManager } from '../../support/testing-manager.js';

describe('the life of a fake', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
  });

  afterEach(async () => {
    jest.useRealTimers();
    await app.shutdown();
  });

  const rejectionOf = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    );

  describe('with delays', () => {
    it('goes by fake timers', async () => {
      jest.useFakeTimers();
      processes.fake({
        serve: processes
          .describe()
          .output('booting')
          .delay('2s')
          .output('ready')
          .delay(500)
          .exitCode(3),
      });
      const chunks: string[] = [];
      const running = processes.run('serve', (_, chunk) => {
        chunks.push(chunk);
      });

      await jest.advanceTimersByTimeAsync(1999);
      expect(chunks).toEqual(['booting\n']);
      await jest.advanceTimersByTimeAsync(1);
      expect(chunks).toEqual(['booting\n', 'ready\n']);
      await jest.advanceTimersByTimeAsync(500);

      const result = await running;
      expect([result.exitCode, result.durationMs]).toEqual([3, 2500]);
    });

    it('runs into a timeout as in production, and keeps what was printed', async () => {
      jest.useFakeTimers();
      processes.fake(() => processes.describe().output('partial').delay('1h').output('never'));
      const failure = rejectionOf(processes.command('slow').timeout('1s').run());

      await jest.advanceTimersByTimeAsync(1000);

      const error = (await failure) as ProcessTimedOutError;
      expect(ProcessTimedOutError.is(error)).toBe(true);
      expect(error.result?.stdout).toBe('partial\n');
      expect(error.result?.signal).toBe('SIGTERM');
      processes.assertSignalled('slow', 'SIGTERM');
    });

    it('runs into an idle timeout unless it goes on printing', async () => {
      jest.useFakeTimers();
      processes.fake({
        busy: processes.describe().output('1').delay(900).output('2').delay(900).output('3'),
        lazy: processes.describe().output('1').delay(1100).output('2'),
      });
      const busy = processes.command('busy').idleTimeout('1s').run();
      const lazy = rejectionOf(processes.command('lazy').idleTimeout('1s').run());

      await jest.advanceTimersByTimeAsync(2000);

      expect((await busy).stdout).toBe('1\n2\n3\n');
      expect(ProcessIdleTimedOutError.is(await lazy)).toBe(true);
    });

    it('leaves no timer when it is ended before', async () => {
      jest.useFakeTimers();
      processes.fake(() => processes.describe().delay('1h'));
      const process = await processes.start('slow');
      await jest.advanceTimersByTimeAsync(10);
      const stopped = process.stop();
      await jest.advanceTimersByTimeAsync(0);
      await stopped;
      expect(jest.getTimerCount()).toBe(0);
    });
  });

  describe('under signals', () => {
    it('ends by the one that it is sent', async () => {
      processes.fake(() => processes.describe().output('up').delay('1h'));
      const process = await processes.start('server');
      await process.expect('up');
      expect(process.running()).toBe(true);
      process.signal('SIGINT');
      const result = await process.wait();
      expect([result.signal, result.exitCode, result.reason]).toEqual(['SIGINT', null, 'stopped']);
      processes.assertSignalled('server', 2);
    });

    it('is not ended by those that end nothing', async () => {
      processes.fake(() => processes.describe().output('up').delay(20));
      const process = await processes.start('server');
      process.signal('SIGCONT').signal('SIGWINCH');
      expect((await process.wait()).exitCode).toBe(0);
      processes.assertSignalled('server', 'SIGCONT').assertSignalled('server', 'SIGWINCH');
    });

    it('ignores what it is told to, until SIGKILL comes after the grace', async () => {
      jest.useFakeTimers();
      processes.fake(() => processes.describe().ignoresSignals().output('up').delay('1h'));
      const process = await processes.start('stubborn');
      const stopped = process.stop('3s');
      await jest.advanceTimersByTimeAsync(2999);
      expect(process.running()).toBe(true);
      await jest.advanceTimersByTimeAsync(1);
      expect((await stopped).signal).toBe('SIGKILL');
      expect(processes.recorded('stubborn')[0]?.signals).toEqual(['SIGTERM', 'SIGKILL']);
    });

    it('can not ignore SIGKILL', async () => {
      processes.fake(() => processes.describe().ignoresSignals('SIGKILL', 'SIGTERM').delay('1h'));
      const process = await processes.start('stubborn');
      expect(process.kill('SIGKILL')).toBe(true);
      expect((await process.wait()).signal).toBe('SIGKILL');
      expect(process.kill('SIGKILL')).toBe(false);
    });

    it('can handle them', async () => {
      processes.fake(() =>
        processes.describe().perform(
          (child) =>
            new Promise((resolve) => {
              child.onSignal('SIGTERM', () => resolve(143));
            }),
        ),
      );
      const process = await processes.start('graceful');
      await new Promise((resolve) => setImmediate(resolve));
      expect((await process.stop()).exitCode).toBe(143);
    });

    it('is cancelled by an abort', async () => {
      processes.fake(() => processes.describe().output('up').delay('1h'));
      const controller = new AbortController();
      const process = await processes.command('server').abortWith(controller.signal).start();
      await process.expect('up');
      controller.abort(new Error('enough'));
      const error = (await rejectionOf(process.wait())) as ProcessCancelledError;
      expect(ProcessCancelledError.is(error)).toBe(true);
      expect(error.result?.signal).toBe('SIGTERM');
    });

    it('dies of SIGPIPE when nobody reads any more', async () => {
      processes.fake(() => processes.describe().output('1').delay(1).output('2').delay('1h'));
      processes.decorateDrivers((driver) => ({
        name: driver.name,
        capabilities: driver.capabilities,
        start: async (launch) => {
          const handle = await driver.start(launch);
          handle.stdout?.once('data', () => handle.stdout?.destroy());
          return handle;
        },
      }));
      expect((await processes.run('yes')).signal).toBe('SIGPIPE');
    });
  });

  describe('with input', () => {
    it('remembers all that it is given, and ends after that', async () => {
      processes.fake({ 'mail *': 'sent' });
      await processes.command('mail me').input('hello\n').run();
      await processes.command('mail you').input(Buffer.alloc(200_000, 'x')).run();
      const [first, second] = processes.recorded('mail *');
      expect(String(first?.input)).toBe('hello\n');
      expect(second?.input.length).toBe(200_000);
    });

    it('remembers what is written by hand', async () => {
      processes.fake(() => processes.describe().output('name?').delay(5).output('thanks'));
      const process = await processes.command('ask').interactive().start();
      await process.expect('name?');
      await process.write('Ada\n');
      const result = await process.wait();
      expect(result.stdout).toBe('name?\nthanks\n');
      expect(String(processes.recorded('ask')[0]?.input)).toBe('Ada\n');
    });

    it('can be read by code that plays the program', async () => {
      processes.fake(() =>
        processes.describe().perform(async (child) => {
          for await (const chunk of child.stdin) {
            await child.write('out', String(chunk).toUpperCase());
          }
          return 9;
        }),
      );
      const result = await processes.command('upper').input('shout').run();
      expect([result.stdout, result.exitCode]).toEqual(['SHOUT', 9]);
    });

    it('tells a writer that it reads no more', async () => {
      processes.fake(() => processes.describe().closeInput().output('closed').delay('1h'));
      const process = await processes.command('deaf').interactive().start();
      await process.expect('closed');
      await process.write('into the void').catch(() => undefined);
      expect(InputClosedError.is(await rejectionOf(process.write('again')))).toBe(true);
      await process.stop();
    });

    it('reports a program that crashes as a failure with its error on stderr', async () => {
      processes.fake(() =>
        processes.describe().perform(() => {
          throw new Error('program crashed');
        }),
      );
      const result = await processes.run('crash');
      expect(result.exitCode).toBe(1);
      expect(result.stderr).toContain('program crashed');
    });
  });

  describe('after the exit', () => {
    it('may leave its output open, which the result says', async () => {
      jest.useFakeTimers();
      processes.fake(() => processes.describe().output('daemon started').holdsOutputOpen());
      const running = processes.run('daemonize');
      await jest.advanceTimersByTimeAsync(1000);
      const result = await running;
      expect([result.stdout, result.exitCode]).toEqual(['daemon started\n', 0]);
      expect(result.outputHeldOpen).toBe(true);
    });

    it('may leave it open for a while only', async () => {
      jest.useFakeTimers();
      processes.fake(() => processes.describe().output('x').holdsOutputOpen(100));
      const running = processes.run('daemonize');
      await jest.advanceTimersByTimeAsync(100);
      expect((await running).outputHeldOpen).toBe(false);
    });
  });

  it('lets timers fire while one fake is run after the other', async () => {
    processes.fake({ poll: 'not yet' });
    const fired = new Promise((resolve) => setTimeout(resolve, 1, 'fired'));
    const polling = async (): Promise<string> => {
      for (let runs = 0; runs < 500; runs++) await processes.run('poll');
      return 'still polling';
    };
    expect(await Promise.race([fired, polling()])).toBe('fired');
  });

  it('has a pid that no process here can have, unless it is told one', async () => {
    processes.fake({ a: '', b: processes.describe().id(4242) });
    const [a, again, b] = [
      await processes.run('a'),
      await processes.run('a'),
      await processes.run('b'),
    ];
    expect(a.pid).toBeGreaterThan(2 ** 22);
    expect(again.pid).not.toBe(a.pid);
    expect(b.pid).toBe(4242);
  });

  it('refuses descriptions that can not be', () => {
    const description = processes.describe();
    expect(() => description.exitCode(-1)).toThrow(InvalidArgumentError);
    expect(() => description.exitCode(1.5)).toThrow(InvalidArgumentError);
    expect(() => description.id(0)).toThrow(InvalidArgumentError);
    expect(() => description.delay(-1)).toThrow(InvalidArgumentError);
    expect(() => description.iterations(-1)).toThrow(InvalidArgumentError);
    expect(() => description.signal('SIGNOPE' as 'SIGTERM')).toThrow(InvalidArgumentError);
    expect(() => processes.result({ exitCode: NaN })).toThrow(InvalidArgumentError);
  });
});
