import { createProcess } from '@proc/process';
import { EnvDriver } from './env-driver.js';

const processes = await createProcess({ default: 'env' });
processes.extend('env', () => new EnvDriver());
try {
  const result = await processes
    .command(['env'])
    .onlyEnv(['PATH'])
    .env({ GREETING: 'hello' })
    .runOrFail();
  console.log(result.output().trim());
} finally {
  await processes.shutdown();
}
