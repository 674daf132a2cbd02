import { expectTypeOf } from 'expect-type';
import type {
  EntryBuilder,
  IpcSerialization,
  MessageChannel,
  MessagePeer,
  PendingProcess,
  ProcessHandle,
  ProcessManager,
  ProcessSpec,
  RunningProcess,
} from '@proc/core';

declare const processes: ProcessManager;
declare const builder: EntryBuilder;
declare const running: RunningProcess;

// A Node program is described as every other, also in pools and pipelines.
expectTypeOf(processes.node('a.mjs', ['x'])).toEqualTypeOf<PendingProcess>();
expectTypeOf(builder.node(new URL('file:///a.mjs'))).toEqualTypeOf<PendingProcess>();
expectTypeOf(processes.path('/').node('a.mjs').ipc('advanced')).toEqualTypeOf<PendingProcess>();
expectTypeOf(processes.command('x').ipc).parameters.toEqualTypeOf<
  [serialization?: IpcSerialization | boolean | undefined]
>();
expectTypeOf<ProcessSpec['ipc']>().toEqualTypeOf<IpcSerialization | null>();
void processes.run('x', [], { ipc: 'advanced' });
// @ts-expect-error -- no such serialization
processes.node('a.mjs').ipc('xml');
// @ts-expect-error -- a script is a path or a URL
processes.node(5);
// @ts-expect-error -- an option of another kind
void processes.run('x', [], { ipc: 'xml' });

// What comes may be anything, so it has to be looked at.
expectTypeOf<RunningProcess>().toExtend<MessagePeer>();
expectTypeOf(running.send({ any: 'thing' })).resolves.toBeVoid();
expectTypeOf(running.request('x', '5s')).resolves.toBeUnknown();
expectTypeOf(running.messages()).toEqualTypeOf<AsyncIterable<unknown>>();
expectTypeOf(running.disconnect()).resolves.toBeVoid();
// @ts-expect-error -- no such unit
void running.request('x', '5 parsecs');

expectTypeOf<ProcessHandle['channel']>().toEqualTypeOf<MessageChannel | undefined>();
