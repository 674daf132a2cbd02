import { expectTypeOf } from 'expect-type';
import {
  createProcess,
  Process,
  type PendingProcess,
  type PoolResults,
  type ProcessManager,
  type ProcessResult,
} from '../../src/index.js';

expectTypeOf(Process).toExtend<ProcessManager>();
expectTypeOf(Process.run('ls')).resolves.toEqualTypeOf<ProcessResult>();
expectTypeOf(Process.timeout('30s')).toEqualTypeOf<PendingProcess>();
expectTypeOf(Process.node('a.mjs', ['x'])).toEqualTypeOf<PendingProcess>();
expectTypeOf(Process.concurrently([['a'], ['b']])).resolves.toEqualTypeOf<PoolResults>();
expectTypeOf(createProcess()).resolves.toExtend<AsyncDisposable>();
// @ts-expect-error -- no such unit
Process.timeout('30 parsecs');
