import { checkConformance } from '@proc/testing/conformance';
import { EnvDriver } from './env-driver.js';

const report = await checkConformance({
  driver: () => new EnvDriver(),
  expectedCapabilities: { processGroup: true, kernelPipes: true, ipc: false, remote: false },
});
console.log(report);
process.exitCode = report.successful() ? 0 : 1;
