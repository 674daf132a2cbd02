import type { ConformanceCase } from './conformance-case.js';
import { exitCases } from './cases/exit-cases.js';
import { inputCases } from './cases/input-cases.js';
import { launchCases } from './cases/launch-cases.js';
import { lifeCases } from './cases/life-cases.js';
import { limitCases } from './cases/limit-cases.js';
import { messageCases } from './cases/message-cases.js';
import { outputCases } from './cases/output-cases.js';
import { remainsCases } from './cases/remains-cases.js';
import { signalCases } from './cases/signal-cases.js';
import { startErrorCases } from './cases/start-error-cases.js';

/** Everything that a driver has to do. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...exitCases,
  ...outputCases,
  ...launchCases,
  ...inputCases,
  ...limitCases,
  ...startErrorCases,
  ...signalCases,
  ...messageCases,
  ...lifeCases,
  ...remainsCases,
];
