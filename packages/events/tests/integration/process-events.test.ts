import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Application,
  EventDispatcher,
  ProcessCancelledError,
  ProcessCompleted,
  ProcessEvent,
  ProcessFailed,
  ProcessManager,
  ProcessOutput,
  ProcessServiceProvider,
  ProcessStarted,
  ProcessStarting,
} from '@proc/core';
import { EventServiceProvider } from '@proc/events';

const node = (script: string): readonly string[] => [process.execPath, '-e', script];

describe('events of real processes', () => {
  let app: Application;
  let events: EventDispatcher;
  let processes: ProcessManager;
  let errors: unknown[];

  beforeEach(async () => {
    errors = [];
    app = new Application({
      providers: [ProcessServiceProvider],
      config: { process: { default: 'node' } },
    });
    app.register(new EventServiceProvider(app, { onListenerError: (error) => errors.push(error) }));
    await app.boot();
    events = app.get(EventDispatcher);
    processes = app.get(ProcessManager);
  });

  afterEach(() => app.shutdown());

  it('come in order, with the process and the result', async () => {
    const names: string[] = [];
    const chunks: string[] = [];
    events.listen('*', (event) => names.push(event.name));
    events.listen(ProcessOutput, (event) => chunks.push(`${event.type}:${event.chunk}`));
    const completed = events.once(ProcessCompleted);

    const result = await processes.run(node(`process.stdout.write('hello'); process.exitCode = 3`));
    const event = await completed;

    expect(event.result.exitCode).toBe(3);
    expect(event.process.pid).toBe(result.pid);
    expect(chunks).toEqual(['out:hello']);
    expect(names.slice(0, 3)).toEqual(['ProcessStarting', 'ProcessStarted', 'ProcessOutput']);
    expect(names.slice(3).sort()).toEqual(['ProcessCompleted', 'ProcessFailed']);
  });

  it('reach a listener of a common parent class', async () => {
    const runs = new Set<string>();
    events.listen(ProcessEvent, (event) => runs.add(event.runId));

    await processes.run(node('0'));

    expect(runs.size).toBe(1);
  });

  it('of a failed start are heard too', async () => {
    const failed = events.once(ProcessFailed);

    await expect(processes.run(['no-such-program-anywhere'])).rejects.toThrow();

    expect((await failed).result.reason).toBe('failedToStart');
  });

  it('let a listener veto a start, also after a while', async () => {
    events.listen(ProcessStarting, async (event) => {
      await new Promise((resolve) => setImmediate(resolve));
      event.veto('not on a Friday');
    });

    const running = processes.run(node('0'));

    const error: unknown = await running.catch((reason: unknown) => reason);
    expect(ProcessCancelledError.is(error)).toBe(true);
    expect(String(error)).toContain('not on a Friday');
  });

  it('leave a process alone when a listener fails', async () => {
    events.listen(ProcessStarted, () => {
      throw new Error('listener failed');
    });
    events.listen(ProcessOutput, () => Promise.reject(new Error('listener failed too')));

    const result = await processes.run(node(`process.stdout.write('fine')`));

    expect(result.stdout).toBe('fine');
    expect(result.successful()).toBe(true);
    expect(errors.map((error) => (error as Error).message)).toEqual([
      'listener failed',
      'listener failed too',
    ]);
  });

  it('can be iterated over while the process runs', async () => {
    const stream = events.stream(ProcessOutput);
    const running = processes.run(node(`process.stdout.write('one')`));

    const heard: string[] = [];
    for await (const event of stream) {
      heard.push(event.chunk);
      break;
    }

    expect(heard).toEqual(['one']);
    expect(events.hasListeners(ProcessOutput)).toBe(false);
    await running;
  });
});
