import { Application, defaultProviders, defineProcessConfig } from '@proc/process';
import { DemoServiceProvider } from './demo-service-provider.js';
import { Display } from './display.js';
import { tour } from './tour.js';

async function main(): Promise<boolean> {
  // Leaving this block, for whatever reason, stops every process that still runs.
  await using app = new Application({
    // Providers shut down in reverse order: the scratch directory goes when the processes are gone.
    providers: [DemoServiceProvider, ...defaultProviders],
    config: { process: defineProcessConfig({ timeout: '1m', grace: '1s' }) },
  });
  await app.boot();
  // SIGHUP: the terminal was closed.
  app.listenForSignals(['SIGINT', 'SIGTERM', 'SIGHUP']);
  const display = app.get(Display);
  try {
    return await tour(app);
  } catch (error) {
    // A signal has shut the application down meanwhile: the failure is what was asked for.
    const interrupted = app.state === 'terminated';
    display.clear();
    display.bad(interrupted ? 'Stopped.' : `The demo failed: ${String(error)}`);
    return false;
  }
}

process.exitCode = (await main()) ? 0 : 1;
