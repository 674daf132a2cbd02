import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { socketAddress } from '../../../src/transports/socket/socket-address.js';

describe('the address of a hub', () => {
  it('is a socket in a directory that only this user can enter, and goes with it', () => {
    const address = socketAddress(undefined, 'linux');
    const directory = dirname(address.path);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(address.isPipe).toBe(false);
    address.remove();
    expect(existsSync(directory)).toBe(false);
  });

  it('is a named pipe on Windows', () => {
    expect(socketAddress(undefined, 'win32').path).toMatch(/^\\\\\.\\pipe\\proc-ipc-/);
    expect(socketAddress('mine', 'win32')).toMatchObject({
      path: '\\\\.\\pipe\\mine',
      isPipe: true,
    });
    expect(socketAddress('\\\\.\\pipe\\its', 'win32').path).toBe('\\\\.\\pipe\\its');
  });

  it('may not be longer than the system takes', () => {
    const tooLong = { code: 'ERR_PROC_IPC_ADDRESS' };
    const path = `/tmp/${'x'.repeat(101)}`;
    expect(() => socketAddress(path, 'darwin')).toThrow(expect.objectContaining(tooLong));
    expect(() => socketAddress(`${path}xx`, 'linux')).toThrow(expect.objectContaining(tooLong));
  });
});
