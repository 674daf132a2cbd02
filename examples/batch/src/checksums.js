// Checksums of all files below a directory: `node src/checksums.js [directory]`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Process } from '@proc/process';
import { task, WorkersServiceProvider } from '@proc/workers';
import { filesBelow } from './files-below.js';
import { makeTree } from './make-tree.js';

await Process.application.register(WorkersServiceProvider);

const [given] = process.argv.slice(2);
const directory = given ?? (await mkdtemp(join(tmpdir(), 'checksums-')));
try {
  if (given === undefined) await makeTree(directory);
  await printChecksums(directory);
} finally {
  if (given === undefined) await rm(directory, { recursive: true });
  await Process.shutdown();
}

async function printChecksums(root) {
  const checksum = task(new URL('./checksum.js', import.meta.url), 'checksum');
  const results = Process.map(filesBelow(root), checksum, { onError: 'settle' });

  let files = 0;
  let bytes = 0;
  const byChecksum = new Map();
  for await (const { status, value, reason } of results) {
    if (status === 'rejected') {
      console.error(`${reason.message}`);
      continue;
    }
    files += 1;
    bytes += value.bytes;
    byChecksum.set(value.sum, [...(byChecksum.get(value.sum) ?? []), value.file]);
  }
  console.log(`${files} files, ${bytes} bytes, ${byChecksum.size} different contents`);
}
