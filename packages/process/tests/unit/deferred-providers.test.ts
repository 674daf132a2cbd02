import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as ipcPackage from '@proc/ipc';
import * as workersPackage from '@proc/workers';
import {
  Application,
  createProcess,
  defaultProviders,
  EventDispatcher,
  Ipc,
  IpcHub,
  Parallel,
  Process,
  ProcessManager,
  ProcessServiceProvider,
  WorkerManager,
} from '../../src/index.js';

const inline = { type: 'inline' } as const;

describe('the providers that are loaded when they are needed', () => {
  const { WorkersServiceProvider } = workersPackage;
  const { IpcServiceProvider } = ipcPackage;

  let app: Application;
  let registered: jest.Spied<() => void>;
  let connected: jest.Spied<() => void>;
  beforeEach(() => {
    registered = jest.spyOn(WorkersServiceProvider.prototype, 'register');
    connected = jest.spyOn(IpcServiceProvider.prototype, 'register');
    app = new Application({ providers: defaultProviders });
    void app.boot();
    Process.useApplication(app);
  });

  afterEach(async () => {
    Process.useApplication(null);
    await app.shutdown();
  });

  it('let the facade work on many items with nothing registered by hand', async () => {
    expect(registered).not.toHaveBeenCalled();
    expect(await Process.map([1, 2, 3], (value) => value * 2, inline)).toEqual([2, 4, 6]);
    expect(await Process.filter([1, 2, 3], (value) => value > 1, inline)).toEqual([2, 3]);
    const add = (sum: number, value: number) => sum + value;
    expect(await Process.reduce([1, 2, 3], add, 0, inline)).toBe(6);
    const answers = await Process.tasks([() => 1, () => 2], { ...inline, maxConcurrent: 2 });
    expect(answers).toEqual([1, 2]);
    expect(Process.fork(() => 1).isRunning()).toBe(false);
    expect(registered).toHaveBeenCalledTimes(1);
  });

  it.each(['workers', 'parallel', 'some', 'every', 'forEach', 'fork'])(
    'add %s() to the manager',
    (name) => {
      expect(Process.hasMacro(name)).toBe(true);
      expect(registered).not.toHaveBeenCalled();
    },
  );

  it('give workers by token, class and name', () => {
    const workers = app.get(WorkerManager);
    expect(workers).toBeInstanceOf(workersPackage.WorkerManager);
    expect(app.get(workersPackage.WorkerManager)).toBe(workers);
    expect(app.get('process.workers')).toBe(workers);
    expect(Process.workers()).toBe(workers);
    expect(app.get(Parallel)).toBe(app.get(workersPackage.Parallel));
    expect(app.get('process.parallel')).toBe(Process.parallel());
  });

  it('give IPC by token, class and name, all of one hub', async () => {
    const hub = app.get(ipcPackage.IpcHub);
    expect(hub).toBe(app.get(IpcHub));
    expect(ipcPackage.Ipc).toBe(Ipc);
    const ipc = app.get(Ipc);
    expect(app.get('process.ipc')).toBe(ipc);
    await ipc.queue<string>('jobs').put('resize');
    expect(hub.stats().primitives.map(({ name }) => name)).toEqual(['jobs']);
    expect(connected).toHaveBeenCalledTimes(1);
    expect(registered).not.toHaveBeenCalled();
  });

  it('are extended and replaced by their tokens, for all who use them', async () => {
    const names: string[] = [];
    app.extend(WorkerManager, (workers) => {
      names.push('extended');
      return workers;
    });
    const hub = new ipcPackage.IpcHub();
    app.instance(IpcHub, hub);
    expect(await Process.map([1], (value) => value + 1, inline)).toEqual([2]);
    expect(app.get(workersPackage.WorkerManager)).toBe(app.get(WorkerManager));
    expect(names).toEqual(['extended']);
    await app.get(Ipc).queue<string>('jobs').put('resize');
    expect(hub.stats().primitives.map(({ name }) => name)).toEqual(['jobs']);
    await hub.close();
  });

  it('connect workers and everybody else to one hub, whoever asks first', async () => {
    const pool = Process.workers().inlinePool();
    await pool.run(async (context: workersPackage.TaskContext) =>
      context.ipc.value('seen').set('by a worker'),
    );
    expect(await app.get(Ipc).value('seen').get()).toBe('by a worker');
    const sessions = app.get(IpcHub).sessions.map(({ name }) => name);
    expect(sessions).toEqual([expect.stringMatching(/ 1$/), 'application']);
  });

  it('tell the dispatcher of the application what happens at its hub', async () => {
    const events = app.get(EventDispatcher);
    const abandoned = events.once(ipcPackage.IpcLockAbandoned);
    const closed = events.once(ipcPackage.IpcSessionClosed);
    const [mine, its] = ipcPackage.inProcessPorts();
    const session = app.get(IpcHub).connect(its);
    const held = await ipcPackage.connectIpc(mine, { name: 'victim' }).lock('report').acquire();
    session.close();
    expect(await abandoned).toMatchObject({ kind: 'lock', lock: 'report', token: held.token });
    expect(await closed).toMatchObject({ session: { name: 'victim' }, releasedCount: 1 });
  });

  it('leave in place what was registered by hand before them', async () => {
    await using own = new Application({
      providers: [ProcessServiceProvider, IpcServiceProvider, ...defaultProviders],
    });
    await own.boot();
    expect(own.get(IpcHub)).toBe(own.get(ipcPackage.IpcHub));
    await own.get(Ipc).queue<string>('jobs').put('resize');
    expect(own.get(IpcHub).stats().primitives).toHaveLength(1);
    expect(connected).toHaveBeenCalledTimes(1);
  });

  it('shut workers down before IPC, in whichever order they were needed', async () => {
    const order: string[] = [];
    for (const [name, provider] of [
      ['workers', WorkersServiceProvider],
      ['ipc', IpcServiceProvider],
    ] as const) {
      jest.spyOn(provider.prototype, 'shutdown').mockImplementation(async () => {
        order.push(name);
      });
    }
    app.get(WorkerManager);
    app.get(Ipc);
    await app.shutdown();
    expect(order).toEqual(['workers', 'ipc']);
  });

  it('are left alone by a shutdown when nobody needed them', async () => {
    const shutdowns = [
      jest.spyOn(WorkersServiceProvider.prototype, 'shutdown'),
      jest.spyOn(IpcServiceProvider.prototype, 'shutdown'),
    ];
    await app.shutdown();
    for (const shutdown of shutdowns) expect(shutdown).not.toHaveBeenCalled();
  });

  it('may be registered by hand as well', async () => {
    app.register(WorkersServiceProvider);
    expect(app.get(WorkerManager)).toBe(Process.workers());
    expect(await Process.map([1], (value) => value + 1, inline)).toEqual([2]);
    expect(registered).toHaveBeenCalledTimes(1);
  });

  it('belong to managers of createProcess() too', async () => {
    await using processes = await createProcess();
    expect(await processes.map([1], (value) => value + 1, inline)).toEqual([2]);
    expect(processes.workers()).not.toBe(app.get(ProcessManager).workers());
  });
});
