// What a library exports without saying its types: all of them have to be named in its declarations.
import { createProcess, Ipc, Process } from '@proc/process';

export const pending = Process.command(['ls']).timeout('5s');
export const running = pending.start();
export const result = pending.run();
export const pool = Process.pool(['ls']);
export const results = pool.start();
export const pipeline = Process.pipe(['ls', 'wc -l']);
export const piped = pipeline.run();
export const manager = createProcess();
export const mapped = Process.map([1, 2], (value) => value * 2);
export const tasks = Process.tasks([() => 1]);
export const forked = Process.fork(() => 1);
export const workers = Process.workers();
export const threads = workers.threadPool({ size: 1 });
export const submitted = threads.submit(() => 1);
export const counter = Process.application.get(Ipc).value('counter', { type: 'i32' });
