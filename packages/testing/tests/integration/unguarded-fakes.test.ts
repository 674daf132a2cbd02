import 'reflect-metadata';
import childProcess from 'node:child_process';
import { expect, it, jest } from '@jest/globals';
import { testingManager } from '../support/testing-manager.js';

// In a file of its own: what guards real processes is started once, and stays for a while.
it('starts no process to guard fakes from being orphaned', async () => {
  const { app, processes } = await testingManager({ orphans: 'kill' });
  const spawn = jest.spyOn(childProcess, 'spawn');
  processes.fake({ server: processes.describe().output('up').delay('1h') });

  const fake = await processes.start('server');
  await fake.expect('up');
  expect(spawn).not.toHaveBeenCalled();

  await processes.run([process.execPath, '-e', '']);
  expect(spawn.mock.calls.length).toBeGreaterThan(1);
  await app.shutdown();
});
