import { TextStatistics } from './text-statistics.js';
import { createApplication } from './with-application.js';

await using app = await createApplication();
for (const path of process.argv.slice(2)) {
  const { lines, words } = await app.get(TextStatistics).of(path);
  console.log(`${path}: ${lines} lines, ${words} words`);
}
