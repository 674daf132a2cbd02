import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { unpolluted } from '../kernel/unpolluted.js';
import { groupOf, processEntries } from './process-group.js';
import { standardUtility } from './standard-utility.js';

/** A process of a group. */
export interface GroupMember {
  readonly pid: number;
  /** Its words, joined by blanks. */
  readonly command: string;
}

/** The living processes of a group, zombies left out; none where the system does not tell. */
export function groupMembers(
  group: number,
  platform: NodeJS.Platform = process.platform,
): readonly GroupMember[] {
  if (platform === 'win32') return [];
  return platform === 'linux' ? fromProc(group) : membersIn(processTable(), group);
}

function fromProc(group: number): GroupMember[] {
  return unpolluted(() => (processEntries() ?? []).filter((entry) => groupOf(entry) === group)).map(
    (entry) => ({ pid: Number(entry), command: commandOf(entry) }),
  );
}

function commandOf(entry: string): string {
  try {
    const words = unpolluted(() => readFileSync(`/proc/${entry}/cmdline`, 'utf8'));
    return words.split('\0').join(' ').trim();
  } catch {
    // It ended while we looked.
    return '';
  }
}

/** What `ps` says of all processes (POSIX has these columns): pid, group, state and command line. */
function processTable(): string {
  const columns = ['-A', '-o', 'pid=,pgid=,state=,args='];
  return unpolluted(() => spawnSync(standardUtility('ps'), columns, { encoding: 'utf8' })).stdout;
}

/** The members of a group by what `ps -o pid=,pgid=,state=,args=` has printed. */
export function membersIn(table: string, group: number): GroupMember[] {
  return table.split('\n').flatMap((line) => {
    const [, pid, pgid, state, command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    if (Number(pgid) !== group || state?.startsWith('Z') === true) return [];
    return [{ pid: Number(pid), command: command.trim() }];
  });
}
