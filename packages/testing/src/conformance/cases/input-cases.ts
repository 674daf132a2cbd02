import assert from 'node:assert/strict';
import { group } from '../conformance-case.js';
import { OutputReader, readAll } from '../output-reader.js';
import { within } from '../wait-for.js';

const MEGABYTE = 1024 * 1024;

export const inputCases = group('input', [
  {
    name: 'passes text to the standard input and ends it',
    async run(context) {
      const result = await context.command('echo').input('grüße\n').run();
      assert.equal(result.stdout, 'grüße\n');
    },
  },
  {
    name: 'passes 1 MB byte for byte',
    async run(context) {
      const bytes = Buffer.alloc(MEGABYTE, Buffer.from(Array.from({ length: 251 }, (_, i) => i)));
      const result = await context.command('echo').input(bytes).run();
      assert.equal(result.bytes().length, bytes.length);
      assert.ok(result.bytes().equals(bytes), 'the bytes were changed on the way');
    },
  },
  {
    name: 'gives an empty standard input where there is none',
    async run(context) {
      const result = await context.run('echo');
      assert.equal(result.stdout, '');
      assert.equal(result.exitCode, 0);
    },
  },
  {
    name: 'takes input piece by piece while the process runs',
    async run(context) {
      const handle = await context.launch('echo');
      assert.ok(handle.stdin !== null, 'the piped stdin is missing');
      handle.stdin.write('first ');
      const output = new OutputReader(handle.stdout);
      assert.equal(await output.next(), 'first ');
      handle.stdin.end('second');
      assert.equal(await output.next(), 'second');
      assert.equal((await within(20_000, 'The exit', handle.exited)).exitCode, 0);
    },
  },
  {
    name: 'survives a program that exits without reading its input',
    async run(context) {
      const result = await context.command('exit', '7').input(Buffer.alloc(MEGABYTE)).run();
      assert.equal(result.exitCode, 7);
      assert.equal(result.error, null);
    },
  },
  {
    name: 'reports EPIPE to the writer when the program closes its input',
    posix: true,
    async run(context) {
      const handle = await context.launch('refuse');
      const { stdin, stdout } = handle;
      assert.ok(stdin !== null && stdout !== null, 'a piped stream is missing');
      const failed = new Promise<NodeJS.ErrnoException>((resolve) => stdin.once('error', resolve));
      await new Promise((resolve) => stdout.once('data', resolve));
      // More than any pipe or socket holds.
      stdin.write(Buffer.alloc(MEGABYTE));
      const { code } = await within(20_000, 'The error of the writer', failed);
      assert.match(String(code), /^(EPIPE|ECONNRESET)$/);
      assert.equal(handle.signal('SIGKILL'), true);
      await readAll(stdout);
    },
  },
]);
