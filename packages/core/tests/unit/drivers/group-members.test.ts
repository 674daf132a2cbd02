import { describe, expect, it } from '@jest/globals';
import { groupMembers, membersIn } from '../../../src/drivers/group-members.js';

describe('the members of a group', () => {
  it('are read from what ps prints, zombies left out', () => {
    const table = [
      '    1     1 S /sbin/launchd',
      ' 4711  4711 Z (sh)',
      ' 4712  4711 S sleep 100',
      ' 4713  4711 R+ node server.js --port 80 ',
      '47114 47114 S other',
      '',
    ].join('\n');
    expect(membersIn(table, 4711)).toEqual([
      { pid: 4712, command: 'sleep 100' },
      { pid: 4713, command: 'node server.js --port 80' },
    ]);
    expect(membersIn('', 4711)).toEqual([]);
  });

  it('are none on Windows, which has no groups', () => {
    expect(groupMembers(process.pid, 'win32')).toEqual([]);
  });
});
