export { assertCapabilities } from './assert-capabilities.js';
export { checkConformance, type ConformanceCheck } from './check-conformance.js';
export { conformanceCases } from './conformance-cases.js';
export { reasonToSkip, type ConformanceCase, type ConformanceNeeds } from './conformance-case.js';
export { ConformanceContext } from './conformance-context.js';
export {
  ConformanceReport,
  type ConformanceOutcome,
  type OutcomeOf,
} from './conformance-report.js';
export {
  describeConformance,
  type ConformanceOptions,
  type DefineTest,
} from './describe-conformance.js';
export {
  nodeProgram,
  programOf,
  type ConformanceProgram,
  type ProgramCommand,
} from './programs.js';
export { runConformanceCase, type ConformanceSubject } from './run-conformance-case.js';
