import { describe, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import type { Delivery, HeldLock, Ipc, IpcQueue, IpcValue, Subscription } from '@proc/ipc';

describe('the types of primitives', () => {
  it('follow from the options', () => {
    const check = (ipc: Ipc): void => {
      expectTypeOf(ipc.queue<string>('q')).toEqualTypeOf<IpcQueue<string>>();
      expectTypeOf(ipc.queue<string>('q', { ack: 'manual' }).get()).resolves.toEqualTypeOf<
        Delivery<string>
      >();
      expectTypeOf(ipc.queue<string>('q', { maxSize: 1 }).tryGet()).resolves.toEqualTypeOf<
        string | undefined
      >();
      expectTypeOf(ipc.value('v', { type: 'i64' })).toEqualTypeOf<IpcValue<bigint>>();
      expectTypeOf(ipc.value('v', { type: 'bool' }).get()).resolves.toEqualTypeOf<boolean>();
      expectTypeOf(
        ipc.value<{ a: number }>('v', { initial: { a: 1 } }).get(),
      ).resolves.toEqualTypeOf<{ a: number }>();
      expectTypeOf(ipc.value('v').get()).resolves.toBeUnknown();
      expectTypeOf(ipc.lock('l').acquire()).resolves.toEqualTypeOf<HeldLock>();
      expectTypeOf(ipc.lock('l').withLock(() => 5)).resolves.toEqualTypeOf<number>();
      expectTypeOf(ipc.channel<Date>('c').subscribe()).resolves.toEqualTypeOf<Subscription<Date>>();
      expectTypeOf(ipc.call<number>('f', [1])).resolves.toEqualTypeOf<number>();
      expectTypeOf(ipc.scope()).toEqualTypeOf<Ipc>();
      expectTypeOf(ipc.scope(() => 5)).toEqualTypeOf<number>();
      expectTypeOf(ipc.shared.ring('r').then((ring) => ring.tryRead())).resolves.toEqualTypeOf<
        Uint8Array | undefined
      >();
      // @ts-expect-error: a value of this type has no text in it
      void ipc.value('v', { type: 'i32', initial: 'text' });
      // @ts-expect-error: nobody knows how many come
      void ipc.barrier('b');
    };
    expectTypeOf(check).toBeFunction();
  });
});
