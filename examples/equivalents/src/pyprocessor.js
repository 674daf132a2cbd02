import { Ipc, IpcServiceProvider } from '@proc/ipc';
import { Process } from '@proc/process';
import { WorkersServiceProvider } from '@proc/workers';
import { finish, row } from './rows.js';

await Process.application.register(WorkersServiceProvider);
await Process.application.register(IpcServiceProvider);

// Processes
const node = (code) => ['node', '-e', code];
await row('get_process_manager()', () => typeof Process.run, 'function');
await row(
  'run_process(cmd, cwd, timeout)',
  async () => {
    const code = 'console.log(process.cwd()); console.error("oh"); process.exit(3)';
    const { exitCode, stdout, stderr } = await Process.run(node(code), {
      cwd: '/',
      timeout: '60s',
    });
    return { exitCode, stdout, stderr };
  },
  { exitCode: 3, stdout: '/\n', stderr: 'oh\n' },
);
const { id } = await Process.start(['sleep', '600']); // run_process_async
await row(
  'run_process_async(cmd), get_process_status(id)',
  () => Process.find(id).status,
  'running',
);
await row('list_processes()', () => Process.list().some((each) => each.id === id), true);
await row('terminate_process(id)', () => Process.terminate(id), true);
await row('… of one that has ended', () => Process.terminate(id), false);
await row('cleanup_processes()', () => Process.cleanup() > 0 && Process.list().length, 0);

// Pools
const workers = Process.workers();
const processed = (file) => `Processed ${file}`;
const pool = workers.processPool({ size: 2 }); // create_process_pool(max_workers=2)
const task = pool.submit(processed, 'file1'); // submit_task(fn, arg, executor_id=pool)
await row('create_process_pool(max_workers), submit_task(…)', () => pool.kind, 'process');
await row('get_task_result(id)', () => workers.result(task.id), 'Processed file1');
await row('get_task_status(id)', () => workers.status(task.id), 'done');
await row('cancel_task(id), of one that has ended', () => workers.cancel(task.id), false);
const waiting = pool.submit(() => new Promise(() => setInterval(() => undefined, 1000)));
await row('cancel_task(id)', () => workers.cancel(waiting.id) && waiting.status, 'cancelled');
await row('shutdown_executor(pool)', async () => (await pool.close()).rejected, 0);
const threads = workers.threadPool({ size: 2 });
await row(
  'create_thread_pool(max_workers)',
  () => threads.run(processed, 'file2'),
  'Processed file2',
);
await row(
  'get_default_process_pool()',
  () => workers.defaultProcessPool().run(processed, 'a'),
  'Processed a',
);
await row(
  'get_default_thread_pool()',
  () => workers.defaultThreadPool().run(processed, 'b'),
  'Processed b',
);
await row('submit_task(fn, arg)', () => workers.submit(processed, 'c').result, 'Processed c');

// Queues
const ipc = Process.application.get(Ipc);
const queue = ipc.queue('items', { maxSize: 2 }); // create_queue(maxsize=2)
await row('create_queue(maxsize), is_queue_empty(id)', () => queue.isEmpty(), true);
await row('put_queue_item(id, item)', () => queue.put('item1', { timeout: '5s' }), undefined);
await row('… of an object', () => queue.tryPut({ key: 'value' }), true);
await row('is_queue_full(id)', () => queue.isFull(), true);
await row('… where there is no room', () => queue.tryPut('too many'), false);
await row('get_queue_size(id)', () => queue.size(), 2);
await row('get_queue_item(id)', () => queue.get({ timeout: '5s' }), 'item1');
await row('clear_queue(id)', () => queue.clear(), 1);
await row('… when there is nothing', () => queue.tryGet(), undefined);
await row('delete_queue(id)', () => queue.delete(), undefined);

// Values
const whole = ipc.value('whole', { type: 'i', initial: 0 }); // create_shared_value("i", 0)
await row('create_shared_value("i"), get_shared_value(id)', () => whole.get(), 0);
await row('set_shared_value(id, 42)', () => whole.set(42).then(() => whole.get()), 42);
await row(
  'create_shared_value("b", False)',
  () => ipc.value('b', { type: 'b', initial: false }).get(),
  false,
);
await row(
  'create_shared_value("d", 3.14)',
  () => ipc.value('d', { type: 'd', initial: 3.14 }).get(),
  3.14,
);

// Events
const event = ipc.event('go'); // create_event()
await row('create_event(), is_event_set(id)', () => event.isSet(), false);
await row('wait_for_event(id, timeout), in vain', () => event.wait({ timeout: 20 }), false);
await row('set_event(id)', () => event.set(), undefined);
await row('wait_for_event(id, timeout)', () => event.wait({ timeout: '10s' }), true);
await row('clear_event(id)', () => event.clear().then(() => event.isSet()), false);

// Locks
const lock = ipc.lock('report'); // create_lock()
const held = await lock.acquire({ timeout: '5s' }); // acquire_lock(id, timeout=5)
await row('create_lock(), acquire_lock(id, timeout)', () => held.abandoned, false);
await row('acquire_lock(id), in vain', () => lock.tryAcquire(), undefined);
await row('release_lock(id)', () => held.release(), undefined);
await row(
  'with lock_context(id, timeout)',
  () => lock.withLock(() => 'inside', { timeout: '5s' }),
  'inside',
);

await Process.shutdown();
finish();
