import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { versionOf } from './tools.mjs';

const require = createRequire(import.meta.url);

/** Where and with what was measured. */
export function describeMachine() {
  const manifest = require('../package.json');
  return {
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    node: process.version,
    governor: governor(),
    loadAtStart: os.loadavg()[0],
    peers: { ...manifest.devDependencies },
    tools: Object.fromEntries(
      ['bash', 'xargs', 'parallel', 'cc'].map((name) => [name, versionOf(name) ?? 'not installed']),
    ),
  };
}

function governor() {
  try {
    const file = '/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor';
    return readFileSync(file, 'utf8').trim();
  } catch {
    return 'not known';
  }
}
