import { performance } from 'node:perf_hooks';

/** What a piece of work took: time, this process's own CPU (children not counted), and its highest memory so far. */
export async function timed(work) {
  const before = process.resourceUsage();
  const start = performance.now();
  const value = await work();
  const wallMs = performance.now() - start;
  const after = process.resourceUsage();
  const cpu = (usage) => (usage.userCPUTime + usage.systemCPUTime) / 1000;
  const cpuMs = cpu(after) - cpu(before);
  return { value, sample: { wallMs, cpuMs, peakMb: after.maxRSS / 1024 } };
}

/** `count` runs, `width` at a time; each must exit with 0 and print nothing else than `text`. */
export async function repeatedly(contender, argv, { count, width = 1, text = '' }) {
  let left = count;
  const lane = async () => {
    while (left-- > 0) {
      const result = await contender.run(argv);
      expectEqual(result.exitCode, 0, 'exit code');
      expectEqual(result.text, text, 'output');
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** What is wrong is no measurement. */
export function expectEqual(actual, expected, what) {
  if (actual === expected) return;
  const show = (value) => String(JSON.stringify(value)).slice(0, 60);
  throw new Error(`wrong ${what}: ${show(actual)} instead of ${show(expected)}`);
}
