import { execFile } from 'node:child_process';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as client from '../../src/client.js';
import * as everything from '../../src/index.js';

const PACKAGES = join(__dirname, '../../..');
const SOURCES = join(PACKAGES, 'core/tests/support/register-sources.cjs');

/** What a bare process has loaded after an entry, as paths below `packages`. */
async function loadedBy(entry: string): Promise<string[]> {
  const script = `
    require(${JSON.stringify(join(PACKAGES, 'ipc/src', entry))});
    process.stdout.write(JSON.stringify(Object.keys(require.cache).filter((file) => file.endsWith('.ts'))));
  `;
  const args = ['--require', SOURCES, '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const files = JSON.parse(stdout) as string[];
  return files.map((file) => relative(PACKAGES, file).replaceAll('\\', '/'));
}

describe('the light entry', () => {
  it('loads neither the hub, nor the provider, nor more of core than its essentials', async () => {
    const loaded = await loadedBy('client.ts');
    const unwanted = ['ipc/src/hub/ipc-hub.ts', 'ipc/src/provider/ipc-service-provider.ts'];
    const entries = ['core/src/index.ts', 'core/src/internal.ts'];
    expect(loaded).toContain('ipc/src/connect-ipc.ts');
    expect(loaded).toContain('core/src/essentials.ts');
    expect((await loadedBy('index.ts')).filter((file) => unwanted.includes(file))).toHaveLength(2);
    expect(loaded.filter((file) => [...unwanted, ...entries].includes(file))).toEqual([]);
    expect(loaded.filter((file) => file.startsWith('core/')).length).toBeLessThan(25);
  });

  it('gives what the main entry gives', () => {
    expect(everything).toMatchObject(client);
    expect(Object.keys(client)).toContain('connectIpc');
  });
});
