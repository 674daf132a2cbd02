// Tells what a run of `.ci/run` has left: processes that carry its mark, guards of ours, temporary files of ours.
//   node scripts/leaks.mjs remember FILE    before: what is there already
//   node scripts/leaks.mjs check FILE       after: fails for anything else
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** What ends does so in a moment. */
const PATIENCE_MS = 10_000;
/** A line of the script of core's watchdog, which has an environment of its own. */
const GUARD = 'while read -r action group';

function processes() {
  const columns = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return columns.split(/\n(?=\s*\d+\s+\d+\s)/).flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+([\s\S]*)$/.exec(line);
    return match === null
      ? []
      : [{ pid: Number(match[1]), parent: Number(match[2]), command: match[3] }];
  });
}

function environment(pid) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/environ`, 'utf8');
    return execFileSync('ps', ['-E', '-ww', '-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
    });
  } catch {
    return ''; // It has ended, or belongs to somebody else.
  }
}

/** This process and those above it, which run the check. */
function ancestors(all) {
  const parents = new Map(all.map(({ pid, parent }) => [pid, parent]));
  const line = new Set();
  for (let pid = process.pid; pid !== undefined && pid > 1; pid = parents.get(pid)) line.add(pid);
  return line;
}

function leftProcesses(before) {
  const all = processes();
  const mine = ancestors(all);
  const mark = process.env.CI_RUN_MARK;
  const alive = new Set(all.map(({ pid }) => pid));
  return all.filter(({ pid, parent, command }) => {
    if (before.has(pid) || mine.has(pid) || parent === process.pid) return false;
    if (command.includes(GUARD)) return parent <= 1 || !alive.has(parent);
    return mark !== undefined && environment(pid).includes(`CI_RUN_MARK=${mark}`);
  });
}

function leftFiles(before) {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('proc-') && !before.has(name));
}

const [action, file] = process.argv.slice(2);
if (action === 'remember') {
  const pids = processes().map(({ pid }) => pid);
  writeFileSync(file, JSON.stringify({ pids, files: readdirSync(tmpdir()) }));
} else if (action === 'check') {
  const before = JSON.parse(readFileSync(file, 'utf8'));
  const pids = new Set(before.pids);
  const files = new Set(before.files);
  const deadline = Date.now() + PATIENCE_MS;
  let left;
  do {
    left = [
      ...leftProcesses(pids).map(({ pid, command }) => `process ${pid}: ${command.slice(0, 200)}`),
      ...leftFiles(files).map((name) => `temporary file ${name}`),
    ];
    if (left.length === 0) break;
    await pause(250);
  } while (Date.now() < deadline);
  console.log(left.length === 0 ? 'no process, no temporary file' : left.join('\n'));
  process.exitCode = left.length === 0 ? 0 : 1;
} else {
  console.error('usage: node scripts/leaks.mjs remember|check FILE');
  process.exitCode = 2;
}
