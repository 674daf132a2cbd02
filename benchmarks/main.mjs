import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cases } from './cases/index.mjs';
import { stepsPerMs } from './probe/busy.mjs';
import { availableDrivers, contendersOf } from './runner/contenders.mjs';
import { losses } from './runner/goals.mjs';
import { latestOf } from './runner/latest.mjs';
import { describeMachine } from './runner/machine.mjs';
import { toMarkdown } from './runner/markdown.mjs';
import { measureCase } from './runner/measure.mjs';
import { readOptions } from './runner/options.mjs';
import { runQuickly } from './runner/quick.mjs';
import { compileLoop } from './runner/tools.mjs';

const place = (name) => fileURLToPath(new URL(name, import.meta.url));
const options = readOptions(cases.map(({ name }) => name));
const chosen = cases.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
const began = Date.now();
const machine = describeMachine();
const { program, remove } = compileLoop();
// Before anybody is measured: they are told of it.
stepsPerMs();

try {
  const drivers = await availableDrivers();
  const present = { drivers, tools: machine.tools, loop: program };
  const contenders = (found) => contendersOf(found, present);
  if (options.quick) await runQuickly(chosen, contenders);
  else await measureAll(contenders);
} finally {
  remove();
}

async function measureAll(contenders) {
  const results = [];
  for (const found of chosen) {
    const from = Date.now();
    const rounds = options.rounds ?? found.rounds;
    results.push(await measureCase(found, contenders(found), { rounds, size: found.size.full }));
    console.error(`${found.name}: ${((Date.now() - from) / 1000).toFixed(0)} s`);
    for (const loss of losses(found, results.at(-1))) console.error(`  ${loss}`);
  }
  const at = new Date(began).toISOString();
  const json = `${JSON.stringify({ at, machine, results }, null, 2)}\n`;
  const folder = place('results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${at.replaceAll(':', '-')}.json`), json);
  const dated = results.map((measured) => ({ ...measured, at }));
  console.log(options.json ? json : toMarkdown({ machine, results: dated }, chosen));
  const { report, missing } = latestOf(cases, { folder, machine });
  if (missing.length === 0) writeFileSync(place('RESULTS.md'), toMarkdown(report, cases));
  else console.error(`RESULTS.md is not written: nobody has measured ${missing.join(', ')} here.`);
}
