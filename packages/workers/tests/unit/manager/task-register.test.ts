import { describe, expect, it } from '@jest/globals';
import type { TaskHandle, TaskStatus } from '../../../src/contracts/task-handle.js';
import { TaskRegister } from '../../../src/manager/task-register.js';

const task = (id: string, status: TaskStatus = 'done') => ({ id, status }) as TaskHandle;

function registerOf(tasks: readonly TaskHandle[]): TaskRegister {
  const register = new TaskRegister();
  for (const each of tasks) register.add(each);
  return register;
}

describe('TaskRegister', () => {
  it('finds tasks by their ids, those too that come after somebody has asked', () => {
    const [first, second] = [task('1'), task('2', 'running')];
    const register = registerOf([first]);
    expect(register.find('1')).toBe(first);
    expect(register.find('2')).toBeUndefined();
    register.add(second);
    expect(register.find('2')).toBe(second);
  });

  it('forgets those that ended but for the last thousand, and none that has not', () => {
    const ended = Array.from({ length: 5000 }, (_, index) => task(String(index)));
    const register = registerOf([task('runs', 'running'), ...ended, task('waits', 'queued')]);
    expect(register.find('0')).toBeUndefined();
    expect(register.find('4000')).toBe(ended[4000]);
    expect(register.find('4999')).toBe(ended[4999]);
    expect(register.find('runs')?.status).toBe('running');
    // Those that were asked for are forgotten in the same way.
    for (let index = 5000; index < 10_000; index += 1) register.add(task(String(index)));
    expect(register.find('4000')).toBeUndefined();
    expect(register.find('9000')?.id).toBe('9000');
    expect(register.find('runs')?.status).toBe('running');
    expect(register.find('waits')?.status).toBe('queued');
  });
});
