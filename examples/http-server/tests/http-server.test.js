import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createProcess } from '@proc/process';

const root = fileURLToPath(new URL('..', import.meta.url));

let directory;
let logFile;
let processes;
let server;
let address;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'http-server-'));
  logFile = join(directory, 'log');
  writeFileSync(logFile, 'first\n');
  processes = await createProcess();
  server = await processes.command(['node', 'src/main.js', logFile]).path(root).start();
  [, address] = await server.expect(/listening on (http:\S+)/, '20s');
});

afterEach(async () => {
  await processes.shutdown();
  rmSync(directory, { recursive: true });
});

test('a request runs a process', async () => {
  const response = await fetch(`${address}/checksum?text=hello`);

  assert.deepEqual(await response.json(), { checksum: 3287646509, bytes: 5 });
});

test('a body flows into its process', async () => {
  const body = 'x'.repeat(1_000_000);

  const response = await fetch(`${address}/checksum`, { method: 'POST', body });

  assert.equal((await response.json()).bytes, body.length);
});

test('the output of a process is streamed', async () => {
  const response = await fetch(`${address}/disk`);

  assert.match(await response.text(), /^Filesystem.*\n/);
});

test('lines arrive while the process runs, and it ends when the client goes away', async () => {
  const client = new AbortController();
  const response = await fetch(`${address}/log`, { signal: client.signal });
  const [, pid] = await server.expect(/started (\d+): tail/, '20s');
  const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();

  assert.equal((await chunks.read()).value, 'first\n');
  appendFileSync(logFile, 'second\n');
  assert.equal((await chunks.read()).value, 'second\n');
  assert.ok(isAlive(pid));

  client.abort();
  await server.expect(`ended ${pid}: cancelled`, '20s');
  assert.ok(!isAlive(pid));
  assert.deepEqual(await status(), []);
});

test('an upload that breaks off takes its process along', async () => {
  const upload = beginUpload();
  const [, pid] = await server.expect(/started (\d+): cksum/, '20s');

  upload.destroy();

  await server.expect(`ended ${pid}`, '20s');
  assert.ok(!isAlive(pid));
});

test('too many at once are refused, and served again later', async () => {
  const uploads = [];
  for (let running = 1; running <= 2; running++) {
    uploads.push(beginUpload());
    await server.expect(/started \d+: cksum/, '20s');
  }
  // Two more may wait. Which of three requests is the one too many is up to their arrival.
  const further = Array.from({ length: 3 }, () => fetch(`${address}/checksum?text=hello`));
  const refused = await Promise.race(
    further.map(async (each) =>
      (await each).status === 503 ? each : new Promise(() => undefined),
    ),
  );
  assert.equal(refused.headers.get('retry-after'), '1');

  for (const upload of uploads) upload.end();
  const codes = await Promise.all(further.map(async (each) => (await each).status));
  assert.deepEqual(codes.sort(), [200, 200, 503]);
});

test('SIGTERM ends streams, finishes what was accepted, and leaves nothing running', async () => {
  const stream = await fetch(`${address}/log`);
  const [, tail] = await server.expect(/started (\d+): tail/, '20s');
  const upload = beginUpload();
  const [, cksum] = await server.expect(/started (\d+): cksum/, '20s');

  server.signal('SIGTERM');
  await server.expect(`ended ${tail}`, '20s');
  assert.equal(await stream.text(), 'first\n');
  assert.ok(isAlive(cksum));
  upload.end();
  assert.equal((await upload.answer).bytes, 5);

  const result = await server.wait();
  assert.equal(result.exitCode, 0, result.errorOutput());
  assert.equal(result.errorOutput(), '');
  assert.match(result.output(), /closed\n$/);
  assert.ok(!isAlive(tail) && !isAlive(cksum));
});

/** A request whose body has begun and not ended. */
function beginUpload() {
  const upload = request(`${address}/checksum`, { method: 'POST' });
  upload.answer = new Promise((resolve, reject) => {
    upload.on('error', reject);
    upload.on('response', async (response) => resolve(await new Response(response).json()));
  });
  // Whoever breaks off does not wait for the answer.
  upload.answer.catch(() => undefined);
  upload.write('hello');
  return upload;
}

async function status() {
  return (await (await fetch(`${address}/status`)).json()).running;
}

function isAlive(pid) {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}
