import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core/essentials';
import {
  connectIpc,
  inProcessPorts,
  IpcCancelledError,
  IpcHub,
  IpcTimeoutError,
} from '../../../src/index.js';
import type { Subscription } from '../../../src/client/subscription.js';
import type { Ipc } from '../../../src/contracts/ipc.js';
import type { WaitOptions } from '../../../src/contracts/wait-options.js';

async function listening(): Promise<{
  readonly ipc: Ipc;
  readonly subscription: Subscription<number>;
}> {
  const [mine, its] = inProcessPorts();
  new IpcHub({ heartbeat: 0 }).connect(its);
  const ipc = connectIpc(mine);
  return { ipc, subscription: await ipc.channel<number>('c').subscribe() };
}

async function publish(ipc: Ipc, messages: readonly number[]): Promise<void> {
  for (const message of messages) await ipc.channel<number>('c').publish(message);
}

describe('A subscription that is asked for several messages at once', () => {
  it('gives each, in the order of asking, and loses none', async () => {
    const { ipc, subscription } = await listening();
    const early = [subscription.next(), subscription.next()];
    await publish(ipc, [1, 2, 3, 4, 5]);
    expect(await Promise.all(early)).toEqual([1, 2]);
    const late = [subscription.next(), subscription.next(), subscription.next()];
    expect(await Promise.all(late)).toEqual([3, 4, 5]);
    await ipc.close();
  });

  it('goes on with the next when one gives up', async () => {
    const { ipc, subscription } = await listening();
    const first = subscription.next({ timeout: 5 }).catch((error: unknown) => error);
    const second = subscription.next();
    expect(IpcTimeoutError.is(await first)).toBe(true);
    await publish(ipc, [1]);
    expect(await second).toBe(1);
    await ipc.close();
  });

  it.each<[string, WaitOptions, (error: unknown) => boolean]>([
    ['a time', { timeout: 5 }, (error) => IpcTimeoutError.is(error)],
    ['no time', { timeout: 0 }, (error) => IpcTimeoutError.is(error)],
    ['a signal', { signal: AbortSignal.timeout(5) }, (error) => IpcCancelledError.is(error)],
    ['a signal of before', { signal: AbortSignal.abort() }, (error) => IpcCancelledError.is(error)],
    ['what can not be', { timeout: 'soon' as never }, (error) => InvalidArgumentError.is(error)],
  ])('ends the wait for a turn by %s, and harms nobody else', async (_, options, isExpected) => {
    const { ipc, subscription } = await listening();
    const first = subscription.next();
    const second = subscription.next(options).catch((error: unknown) => error);
    const third = subscription.next();
    expect(isExpected(await second)).toBe(true);
    await publish(ipc, [1, 2]);
    expect(await Promise.all([first, third])).toEqual([1, 2]);
    await ipc.close();
  });
});
