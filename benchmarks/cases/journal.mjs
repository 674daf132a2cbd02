import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { OURS } from '../contenders/names.mjs';
import { expectEqual } from '../probe/timed.mjs';

const program = fileURLToPath(new URL('../fixtures/journalled.mjs', import.meta.url));
const WIDTH = 8;

export const journalKills = {
  name: 'journal',
  title: 'A journalled pool of 500 entries whose application is killed 20 times',
  contenders: ['ours'],
  bare: true,
  reference: '@proc, node',
  rounds: 1,
  size: { full: { count: 500, kills: 20 }, quick: { count: 12, kills: 1 } },
  figures: ['wallMs', 'runsAgain'],
  async measure({ descriptor, size: { count, kills }, timed }) {
    const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
    try {
      const undisturbed = await finish(descriptor.argument, path.join(folder, 'calm'), count);
      const place = path.join(folder, 'killed');
      const { value, sample } = await timed(async () => {
        for (let n = 0; n < kills; n++) {
          const target = ((n + Math.random()) * count) / (kills + 1);
          await killAt(descriptor.argument, place, { count, target });
        }
        return finish(descriptor.argument, place, count);
      });
      expectEqual(value, undisturbed, 'results');
      const begun = linesOf(`${place}.log`);
      expectEqual(
        new Set(begun.map(({ key }) => key)).size,
        count,
        'number of entries that were run',
      );
      const again = againAfterResult(begun, linesOf(`${place}.heard`));
      expectEqual(again.join(' '), '', 'entries that were complete and ran again');
      const runsAgain = begun.length - count;
      // Only what was under way when a kill came may run a second time.
      expectEqual(runsAgain <= kills * WIDTH, true, 'number of entries that ran again');
      return { ...sample, runsAgain };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  goals: OURS.map((of) => ({
    text: `${of}: every entry run, none again that was complete, the results those of an undisturbed run`,
    of,
  })),
};

function begin(driver, place, count) {
  const argv = [program, driver, place, String(count)];
  return spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function finish(driver, place, count) {
  const child = begin(driver, place, count);
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  const [code] = await once(child, 'close');
  expectEqual(code, 0, 'exit code of the application');
  return printed;
}

/** Kills the application once so many entries have begun, or lets it end before. */
async function killAt(driver, place, { count, target }) {
  const child = begin(driver, place, count);
  child.stdout.resume();
  const ended = once(child, 'close');
  while (child.exitCode === null && linesOf(`${place}.log`).length <= target) await pause(5);
  child.kill('SIGKILL');
  await ended;
}

/** The entries that began by another application than the first that had their result. What was under way may. */
function againAfterResult(begun, heard) {
  const first = new Map();
  for (const { pid, key } of heard) if (!first.has(key)) first.set(key, pid);
  const order = [...new Set(heard.map(({ pid }) => pid))];
  return begun
    .filter(({ pid, key }) => order.indexOf(pid) > order.indexOf(first.get(key)))
    .map(({ key }) => key);
}

function linesOf(path) {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    // Nothing has come so far yet.
  }
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [pid, key] = line.split(' ');
      return { pid, key };
    });
}
