import { describe, expect, it } from '@jest/globals';
import {
  executableCandidates,
  hasRelativePath,
  searchPath,
} from '../../../src/launch/executable-candidates.js';

describe('the files that a name may stand for', () => {
  it('are those of PATH, in its order', () => {
    expect(executableCandidates('git', { PATH: '/opt/bin:/bin' }, '/project', 'linux')).toEqual([
      '/opt/bin/git',
      '/bin/git',
    ]);
  });

  it('are where systems look without a PATH', () => {
    expect(executableCandidates('git', {}, '/project', 'linux')).toEqual([
      '/usr/bin/git',
      '/bin/git',
    ]);
    expect(executableCandidates('git', {}, 'C:\\work', 'win32')).toEqual([]);
  });

  it('are a path from the working directory where one is given', () => {
    expect(executableCandidates('./git', { PATH: '/bin' }, '/project', 'linux')).toEqual([
      '/project/git',
    ]);
    expect(executableCandidates('a\\git', { PATH: '/bin' }, '/project', 'linux')).toEqual([
      '/bin/a\\git',
    ]);
  });

  it.each(['.:/bin', ':/bin', '/bin:', 'tools:/bin', './node_modules/.bin:/bin', '..:/bin'])(
    'are never in the working directory by the PATH %s',
    (PATH) => {
      expect(executableCandidates('git', { PATH }, '/project', 'linux')).toEqual(['/bin/git']);
      expect(hasRelativePath({ PATH }, 'linux')).toBe(true);
    },
  );

  it('are none by an empty PATH, which means the working directory', () => {
    expect(searchPath({ PATH: '' }, 'linux')).toEqual([]);
    expect(hasRelativePath({ PATH: '' }, 'linux')).toBe(true);
    expect(hasRelativePath({ PATH: '/bin:/usr/bin' }, 'linux')).toBe(false);
    expect(hasRelativePath({}, 'linux')).toBe(false);
  });

  it('have the extensions of PATHEXT on Windows', () => {
    const env = { Path: 'C:\\bin;D:\\tools', PATHEXT: '.EXE;.CMD' };
    expect(executableCandidates('git', env, 'C:\\work', 'win32')).toEqual([
      'C:\\bin\\git.exe',
      'C:\\bin\\git.cmd',
      'C:\\bin\\git',
      'D:\\tools\\git.exe',
      'D:\\tools\\git.cmd',
      'D:\\tools\\git',
    ]);
    expect(executableCandidates('git.exe', env, 'C:\\work', 'win32')[0]).toBe('C:\\bin\\git.exe');
    expect(executableCandidates('.\\git.exe', env, 'C:\\work', 'win32')[0]).toBe(
      'C:\\work\\git.exe',
    );
  });

  it('are never in the working directory on Windows, not even on its drive', () => {
    const env = { Path: '.;;\\tools;tools;c:here;C:\\bin;\\\\server\\bin' };
    expect(searchPath(env, 'win32')).toEqual(['C:\\bin', '\\\\server\\bin']);
  });
});
