import { describe, expect, it } from '@jest/globals';
import { needsShell } from '../../../src/command/shell-syntax.js';

describe('needsShell on POSIX', () => {
  it.each(
    'a|b,a&b,a;b,a>b,a<b,(a),a $b,a `b`,a \\b,a "b",a \'b\',a *,a ?,a [b],a\nb,a\rb,a !b,a #b,a ~b'.split(
      ',',
    ),
  )('is true for %j', (line) => {
    expect(needsShell(line, 'linux')).toBe(true);
  });

  it.each(['cd /', 'exit 3', 'if', '. file', ': x', 'export A', 'echo hello', '  ulimit -n'])(
    'is true for the builtin or reserved word of %j',
    (line) => {
      expect(needsShell(line, 'linux')).toBe(true);
    },
  );

  it('is true for an assignment before the command', () => {
    expect(needsShell('FOO=1 env', 'linux')).toBe(true);
  });

  it.each(['ls -la', 'git log HEAD~2', 'a b#c', 'node --opt=value', 'cat a:b,c.d/e', 'lscd cd'])(
    'is false for %j',
    (line) => {
      expect(needsShell(line, 'linux')).toBe(false);
    },
  );
});

describe('needsShell on Windows', () => {
  it.each(['a | b', 'a & b', 'echo %PATH%', 'dir', 'DIR /b', 'a ^b', 'a "b c"', 'Copy x y'])(
    'is true for %j',
    (line) => {
      expect(needsShell(line, 'win32')).toBe(true);
    },
  );

  it.each(["node a'b", 'git log $x', 'tool *', 'C:\\bin\\tool.exe /x'])(
    'is false for %j',
    (line) => {
      expect(needsShell(line, 'win32')).toBe(false);
    },
  );
});
