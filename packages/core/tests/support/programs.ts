/** A command that runs a piece of JavaScript in Node. */
export function script(code: string, ...args: readonly string[]): readonly string[] {
  return [process.execPath, '-e', code, ...args];
}

/** A command that runs a line in a POSIX shell that leads its group. */
export function sh(line: string, ...args: readonly string[]): readonly string[] {
  return ['/bin/sh', '-c', line, 'sh', ...args];
}
