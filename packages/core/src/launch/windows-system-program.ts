import { win32 } from 'node:path';

/**
 * The path of a program that belongs to Windows. By its name alone Windows would look for it in the working directory
 * first, where anybody may have put another one.
 */
export function windowsSystemProgram(name: string): string {
  const root = process.env['SystemRoot'];
  const given = root !== undefined && /^[a-z]:[/\\]/i.test(root);
  return win32.join(given ? root : 'C:\\Windows', 'System32', name);
}
