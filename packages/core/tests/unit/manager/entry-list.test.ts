import { describe, expect, it } from '@jest/globals';
import type { Launchable } from '../../../src/contracts/launchable.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import { EntryList, type EntryInput } from '../../../src/manager/entry-list.js';
import { RUNNING_PROCESS } from '../../../src/process/running-process-brand.js';
import { makeManager } from '../../support/manager.js';

const launchable = (): Launchable => ({
  launch: () => {
    throw new Error('not for launching');
  },
  toString: () => 'mine',
});

const keys = (list: EntryList): unknown => list.entries.map(({ key }) => key);
const lines = (list: EntryList): unknown => list.entries.map(({ entry }) => entry.toString());

describe('EntryList', () => {
  it('adds an entry with each verb of its builder', () => {
    const list = new EntryList(makeManager(), 'pool');
    const { builder } = list;
    builder.command('first').env({ A: 1 });
    builder.timeout(5).command(['second', 'a b']);
    builder.quietly().command('third');
    builder.add(launchable());
    expect(keys(list)).toEqual([0, 1, 2, 3]);
    expect(lines(list)).toEqual(['first', "second 'a b'", 'third', 'mine']);
  });

  it('takes Node programs, with a channel of messages', () => {
    const list = new EntryList(makeManager(), 'pool');
    const program = list.builder.as('worker').node('worker.mjs', ['1']);
    expect(keys(list)).toEqual(['worker']);
    expect(list.entries[0]?.entry).toBe(program);
    expect(program.toSpec()).toMatchObject({ ipc: 'json', command: { file: process.execPath } });
  });

  it('names the next entry, and counts the others by position', () => {
    const list = new EntryList(makeManager(), 'pool');
    list.builder.command('a');
    list.builder.as('b').command('b');
    list.builder.command('c');
    expect(keys(list)).toEqual([0, 'b', 2]);
  });

  it('refuses a key that is taken, empty, or follows one that was not used', () => {
    const list = new EntryList(makeManager(), 'pipeline');
    list.builder.as('a').command('x');
    expect(() => list.builder.as('a')).toThrow('The pipeline has an entry "a" already.');
    expect(() => list.builder.as('')).toThrow(InvalidArgumentError);
    list.builder.as('b');
    expect(() => list.builder.as('c')).toThrow(/key "b" without an entry/);
  });

  it.each<[EntryInput, string]>([
    ['git log', 'git log'],
    [['git', 'log', 'a b'], "git log 'a b'"],
    [{ command: 'git', args: ['log'], timeout: 5 }, 'git log'],
    [{ command: ['git', 'log'] }, 'git log'],
    [launchable(), 'mine'],
    [{ entry: launchable() }, 'mine'],
  ])('adds the item %j', (input, line) => {
    const list = new EntryList(makeManager(), 'pool');
    expect(list.addInput(input).entry.toString()).toBe(line);
    expect(list.addInput(input, 'k').key).toBe('k');
    expect(keys(list)).toEqual([0, 'k']);
  });

  it('applies the options of a description, and its key unless another is given', () => {
    const list = new EntryList(makeManager(), 'pool');
    const { key, entry } = list.addInput({ command: 'x', key: 'mine', timeout: '1s', tag: 't' });
    expect(key).toBe('mine');
    expect((entry as never as { toSpec(): unknown }).toSpec()).toMatchObject({
      timeoutMs: 1000,
      tag: 't',
    });
    expect(list.addInput({ command: 'x', key: 'mine' }, 'other').key).toBe('other');
  });

  it.each([null, 5, {}, { cmd: 'x' }, () => 'x'])('refuses the item %p', (input) => {
    const list = new EntryList(makeManager(), 'pool');
    expect(() => list.addInput(input as never)).toThrow(InvalidArgumentError);
    expect(list.entries).toHaveLength(0);
  });

  it('refuses an unknown option of a description, and an entry that can not be launched', () => {
    const list = new EntryList(makeManager(), 'pool');
    expect(() => list.addInput({ command: 'x', timeuot: 1 } as never)).toThrow('"timeout"');
    expect(() => list.builder.add({} as never)).toThrow('something to launch');
    expect(list.entries).toHaveLength(0);
  });

  it('has the verbs that plug-ins have registered', () => {
    const manager = makeManager();
    const made = launchable();
    manager.entryMacro('pipeThrough', () => made);
    const list = new EntryList(manager, 'pool');
    const builder = list.builder.as('p') as unknown as { pipeThrough(): Launchable };
    expect(builder.pipeThrough()).toBe(made);
    expect(list.entries).toMatchObject([{ key: 'p', entry: made }]);
  });

  it('reads what its owner says of entries, besides keys', () => {
    const list = new EntryList<{ rank: unknown }>(makeManager(), 'pool', {
      names: ['rank'],
      read: ({ rank = 0 }) => ({ rank }),
    });
    list.describeNext('rank', () => 1);
    list.builder.as('a').command('x');
    list.addInput({ command: 'x', rank: 2 } as never);
    list.addInput({ entry: launchable(), key: 'mine', rank: 3 } as never);
    list.builder.command('y');
    expect(list.entries.map(({ key, attributes }) => [key, attributes.rank])).toEqual([
      ['a', 1],
      [1, 2],
      ['mine', 3],
      [3, 0],
    ]);
    expect(() => list.addInput({ entry: launchable(), rnak: 3 } as never)).toThrow('"rank"');
    list.describeNext('rank', () => 1);
    expect(() => list.entries).toThrow('rank() without an entry');
  });

  it('refuses what its owner says nothing of', () => {
    const list = new EntryList(makeManager(), 'pipeline');
    expect(() => list.addInput({ command: 'x', priority: 1 } as never)).toThrow('"priority"');
    expect(() => list.addInput({ entry: launchable(), after: 'a' } as never)).toThrow('"after"');
  });

  it.each<[string, unknown, RegExp]>([
    ['a promise', Promise.resolve(), /got a promise\. Describe the command, and run nothing/],
    ['a function', () => 'x', /got a function\. Describe the command/],
    ['a number', 5, /got number\.$/],
    ['null', null, /got null\.$/],
    ['an object', { cmd: 'x' }, /got object\.$/],
  ])('says what is wrong with %s as an entry', (_what, given, message) => {
    const list = new EntryList(makeManager(), 'pool');
    expect(() => list.addInput(given as never)).toThrow(message);
    expect(list.entries).toEqual([]);
  });

  it('does not take a process that has been started for the description of one', () => {
    const running = { [RUNNING_PROCESS]: true, command: 'sleep 60', handle: {} };
    expect(() => new EntryList(makeManager(), 'pool').addInput(running as never)).toThrow(
      /got a process that has been started\. Describe the command/,
    );
  });
});
