import { constants } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { systemError } from '../../../src/native/system-error.js';

describe("the system's error", () => {
  // The last one is in no map of Node's errors.
  it.each(['EAGAIN', 'ENOENT', 'E2BIG', 'EMFILE', 'ENOEXEC'] as const)(
    'is called %s as by Node',
    (code) => {
      const errno = constants.errno[code];
      expect(systemError(errno, 'spawn x')).toMatchObject({
        message: `spawn x ${code}`,
        code,
        errno: -errno,
        syscall: 'spawn x',
      });
    },
  );

  it('has its number where it has no name', () => {
    expect(systemError(4000, 'spawn x')).toMatchObject({ message: 'spawn x E4000', code: 'E4000' });
  });
});
