import { constants } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { systemError } from '../../../src/native/system-error.js';

describe("the system's error", () => {
  it.each(['EAGAIN', 'ENOENT', 'E2BIG', 'EMFILE'] as const)('is called %s as by Node', (code) => {
    const errno = constants.errno[code];
    expect(systemError(errno, 'spawn x')).toMatchObject({
      message: `spawn x ${code}`,
      code,
      errno: -errno,
      syscall: 'spawn x',
    });
  });
});
