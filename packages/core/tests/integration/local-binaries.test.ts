import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CommandNotFoundError } from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';

let project: string;

function install(directory: string, name: string, output: string): void {
  const binaries = join(directory, 'node_modules', '.bin');
  mkdirSync(binaries, { recursive: true });
  writeFileSync(join(binaries, name), `#!/bin/sh\necho ${output}\n`);
  chmodSync(join(binaries, name), 0o755);
}

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'project-'));
  install(project, 'greet', 'outer');
  install(project, 'sort', 'ours');
  mkdirSync(join(project, 'packages', 'one'), { recursive: true });
  install(join(project, 'packages', 'one'), 'greet', 'inner');
});
afterAll(() => {
  rmSync(project, { recursive: true });
});

onEveryDriver('preferLocal', ({ manager }) => {
  it('finds programs of the project, the nearest first, before those of the system', async () => {
    const here = manager().path(project).preferLocal();
    expect((await here.run('greet')).output()).toBe('outer\n');
    expect((await here.run('sort')).output()).toBe('ours\n');
    const below = manager()
      .path(join(project, 'packages', 'one'))
      .preferLocal();
    expect((await below.run('greet')).output()).toBe('inner\n');
    expect((await below.run(['sort'])).output()).toBe('ours\n');
  });

  it('counts for what a shell starts, and from any directory', async () => {
    const pending = manager().newPendingProcess().preferLocal(project);
    expect((await pending.run('greet | cat')).output()).toBe('outer\n');
    const result = await manager().run('greet', [], { preferLocal: project });
    expect(result.output()).toBe('outer\n');
  });

  it('does not hide the programs of the system where nothing is inherited', async () => {
    const alone = manager().path(project).withoutInheritedEnv().preferLocal();
    expect((await alone.run(['echo', 'found'])).output()).toBe('found\n');
    expect((await alone.run('sort')).output()).toBe('ours\n');
  });

  it('is off unless asked for, and can be taken back', async () => {
    const here = manager().path(project);
    await expect(here.run('greet')).rejects.toThrow(CommandNotFoundError);
    await expect(here.preferLocal().preferLocal(false).run('greet')).rejects.toThrow(
      CommandNotFoundError,
    );
  });
});
