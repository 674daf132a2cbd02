import { readFileSync } from 'node:fs';
import {
  Application,
  defaultProviders,
  defineProcessConfig,
  EventDispatcher,
  ProcessManager,
  ProcessStarted,
} from '@proc/process';
import { TestingServiceProvider } from '@proc/testing';
import { SystemReport } from './system-report.js';

const [configFile] = process.argv.slice(2);
const config = configFile === undefined ? {} : JSON.parse(readFileSync(configFile, 'utf8'));

const app = new Application({
  providers: [...defaultProviders, TestingServiceProvider],
  config: { process: defineProcessConfig(config) },
});
await app.boot();
try {
  const drivers = new Set();
  app.get(EventDispatcher).listen(ProcessStarted, (event) => drivers.add(event.process.driver));
  const report = await new SystemReport(app.get(ProcessManager)).create();
  console.log(JSON.stringify({ drivers: [...drivers], report }, null, 2));
} finally {
  await app.shutdown();
}
