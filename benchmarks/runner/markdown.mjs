import { judge, losses, mainFigure, number } from './goals.mjs';

const HEADINGS = {
  wallMs: 'time, ms',
  cpuMs: 'parent CPU, ms',
  msPerRun: 'ms per run',
  cpuMsPerRun: 'parent CPU, ms per run',
  earlyMsPerRun: 'as many right after the first, ms per run',
  firstMs: 'the very first, ms',
  firstPoolMs: 'the first one, ms',
  cpuPercent: 'parent CPU, % of time',
  peakMb: 'peak memory, MB',
  blockedMs: 'blocked, ms (median run)',
  worstMs: 'loop delay p99, ms',
  kbPerProcess: 'KB per process',
  kb: 'KB',
  packages: 'packages',
  runsAgain: 'entries run again',
  usPerTask: 'µs per task',
  cpuUsPerTask: 'parent CPU, µs per task',
  recoveryMs: 'ms (median)',
  worstRecoveryMs: 'ms (longest)',
  nextMs: 'after both: ms to the next success',
  lost: 'other tasks lost',
  meanwhile: 'done beside one',
  growthMb: 'more peak memory than for a tenth, MB',
  handOverMs: 'ms (median)',
  worstHandOverMs: 'ms (longest)',
  leftBusy: 'busy ones',
  leftIdle: 'idle ones',
};

/** The report: a table for each case, with the goals that are set for it, and where ours lose. */
export function toMarkdown({ machine, results }, cases) {
  const find = (name) => cases.find((one) => one.name === name);
  const parts = results.map((measured) => caseText(find(measured.name), measured));
  return `# Results

Written by \`npm run bench\`. How to read it: [README](README.md). Trust the ratios of a table: it comes from one run
with all in turn. Times are those of this machine.

${machineText(machine)}

${parts.join('\n')}`;
}

function machineText(machine) {
  const { peers, tools } = machine;
  const list = (entries) =>
    Object.entries(entries)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ');
  return [
    `- ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB; ${machine.system}; governor ${machine.governor}`,
    `- Node ${machine.node}`,
    `- ${list(peers)}`,
    ...Object.entries(tools).map(([name, version]) => `- ${name}: ${version}`),
  ].join('\n');
}

function caseText(found, measured) {
  const main = mainFigure(found);
  const further = found.figures.filter((name) => name !== main);
  const columns = [
    '',
    `${HEADINGS[main]}`,
    'spread',
    `ratio`,
    ...further.map((name) => HEADINGS[name]),
  ];
  const reference = measured.rows.find((row) => row.name === found.reference);
  const sorted = [...measured.rows].sort((a, b) => rank(a, main) - rank(b, main));
  const lines = [
    `## ${measured.title}`,
    '',
    row(columns),
    row(columns.map((_, index) => (index === 0 ? '---' : '---:'))),
    ...sorted.map((one) => tableRow(one, { main, further, reference })),
    '',
    `\`--only ${measured.name}\`; ${measured.rounds === 1 ? '1 round' : `${measured.rounds} rounds`}; ratio to ${reference?.label ?? found.reference}; ${measured.at.slice(0, 10)}.`,
  ];
  const goals = goalLines(found, measured);
  if (goals.length > 0) lines.push('', ...goals);
  const lost = losses(found, measured);
  if (lost.length > 0)
    lines.push('', `**Where ours lose:** ${lost.join(' ')} ${found.losing ?? ''}`.trim());
  return `${lines.join('\n')}\n`;
}

function tableRow(one, { main, further, reference }) {
  const label = one.ours ? `**${one.label}**` : one.label;
  if (one.failure !== undefined) {
    const why = one.failure === 'not installed' ? one.failure : `failed: ${one.failure}`;
    return row([label, why.replaceAll('|', '\\|'), '', '', ...further.map(() => '')]);
  }
  const { median, min, max } = one.figures[main];
  const base = reference?.figures[main]?.median;
  return row([
    label,
    number(median),
    `${number(min)}–${number(max)}`,
    base === undefined || base === 0 ? '' : number(median / base),
    ...further.map((name) =>
      one.figures[name] === undefined ? '' : number(one.figures[name].median),
    ),
  ]);
}

function goalLines(found, measured) {
  return found.goals.flatMap((goal) => {
    const verdict = judge(found, goal, measured);
    if (verdict === undefined) return [];
    if (verdict.met) return [`- met: ${goal.text} (${verdict.shown})`];
    return [`- **not met**: ${goal.text} (${verdict.shown}). ${goal.why ?? ''}`.trim()];
  });
}

function rank(one, main) {
  return one.failure === undefined ? one.figures[main].median : Infinity;
}

function row(cells) {
  return `| ${cells.join(' | ')} |`;
}
