import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { localCapabilities } from '../../../src/drivers/local-capabilities.js';
import { ProcessStartError } from '../../../src/errors/process-start-error.js';
import { HandMadeHandle } from '../../support/hand-made-handle.js';
import { makeManager } from '../../support/manager.js';

it('is ended, with its streams and files closed once, and its fault is the cause', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'proc-unusable-'));
  const file = join(directory, 'out.txt');
  const handle = new HandMadeHandle();
  // As of a driver with a fault: nothing can be made of it.
  Object.defineProperty(handle, 'pid', {
    get: () => {
      throw new Error('there is no number');
    },
  });
  const manager = makeManager();
  manager.extend('mine', () => ({
    name: 'mine',
    capabilities: localCapabilities,
    start: () => Promise.resolve(handle),
  }));
  const pending = manager.command(['x']).driver('mine').output({ stdout: { file } }).detach();
  const error = await pending.run().catch((thrown: unknown) => thrown);
  rmSync(directory, { recursive: true });
  expect(error).toBeInstanceOf(ProcessStartError);
  expect((error as ProcessStartError).cause).toMatchObject({ message: 'there is no number' });
  expect(handle.signals).toEqual(['SIGKILL']);
  const { stdin, stdout, stderr } = handle;
  expect([stdin, stdout, stderr].map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
});

it('does not hide its first fault by a second one', async () => {
  const handle = new HandMadeHandle();
  Object.defineProperty(handle, 'pid', {
    get: () => {
      throw new Error('there is no number');
    },
  });
  handle.signal = () => {
    throw new Error('nothing can be sent');
  };
  const manager = makeManager();
  manager.extend('mine', () => ({
    name: 'mine',
    capabilities: localCapabilities,
    start: () => Promise.resolve(handle),
  }));
  const error = await manager
    .command(['x'])
    .driver('mine')
    .run()
    .catch((thrown: unknown) => thrown);
  expect((error as ProcessStartError).cause).toMatchObject({ message: 'there is no number' });
  expect(handle.stdout.destroyed).toBe(true);
});
