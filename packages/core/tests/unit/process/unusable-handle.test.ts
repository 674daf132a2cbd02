import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { ProcessManager } from '../../../src/contracts/process-manager.js';
import { localCapabilities } from '../../../src/drivers/local-capabilities.js';
import { ProcessStartError } from '../../../src/errors/process-start-error.js';
import { HandMadeHandle } from '../../support/hand-made-handle.js';
import { makeManager } from '../../support/manager.js';

/** As of a driver with a fault: nothing can be made of it. */
function unusableHandle(): HandMadeHandle {
  const handle = new HandMadeHandle();
  return Object.defineProperty(handle, 'pid', {
    get: () => {
      throw new Error('there is no number');
    },
  });
}

/** Its only driver gives out that handle. */
function managerOf(handle: HandMadeHandle): ProcessManager {
  const manager = makeManager({ default: 'mine' });
  return manager.extend('mine', () => ({
    name: 'mine',
    capabilities: localCapabilities,
    start: () => Promise.resolve(handle),
  }));
}

it('is ended, with its streams and files closed once, and its fault is the cause', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'proc-unusable-'));
  const file = join(directory, 'out.txt');
  const handle = unusableHandle();
  const pending = managerOf(handle).command(['x']).output({ stdout: { file } }).detach();
  const error = await pending.run().catch((thrown: unknown) => thrown);
  rmSync(directory, { recursive: true });
  expect(error).toBeInstanceOf(ProcessStartError);
  expect((error as ProcessStartError).cause).toMatchObject({ message: 'there is no number' });
  expect(handle.signals).toEqual(['SIGKILL']);
  const { stdin, stdout, stderr } = handle;
  expect([stdin, stdout, stderr].map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
});

it('does not hide its first fault by a second one', async () => {
  const handle = unusableHandle();
  handle.signal = () => {
    throw new Error('nothing can be sent');
  };
  const error = await managerOf(handle)
    .run(['x'])
    .catch((thrown: unknown) => thrown);
  expect((error as ProcessStartError).cause).toMatchObject({ message: 'there is no number' });
  expect(handle.stdout.destroyed).toBe(true);
});
