import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { listenForSignals, type SignalListening } from '../../../src/kernel/signal-listener.js';
import { Gate, settled } from '../../support/captured.js';

describe('listenForSignals', () => {
  let kill: jest.SpiedFunction<typeof process.kill>;
  let listening: SignalListening | undefined;
  const died = (): unknown => kill.mock.calls.map(([, signal]) => signal);

  beforeEach(() => {
    kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  });
  afterEach(() => {
    listening?.stop();
    expect([process.listenerCount('SIGINT'), process.listenerCount('SIGHUP')]).toEqual([0, 0]);
  });

  it('waits for what is to be done, then dies of the same signal', async () => {
    const gate = new Gate();
    listening = listenForSignals(() => gate.opened);
    process.emit('SIGINT', 'SIGINT');
    await settled();
    expect([died(), process.listenerCount('SIGINT')]).toEqual([[], 1]);
    gate.open();
    await settled();
    expect([died(), process.listenerCount('SIGINT')]).toEqual([['SIGINT'], 0]);
  });

  it('dies at once of a second signal', () => {
    const onSignal = jest.fn(() => new Gate().opened);
    listening = listenForSignals(onSignal);
    process.emit('SIGINT', 'SIGINT');
    process.emit('SIGTERM', 'SIGTERM');
    expect([died(), onSignal.mock.calls.length]).toEqual([['SIGTERM'], 1]);
  });

  it('warns of a failure, and dies all the same', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    listening = listenForSignals(() => Promise.reject(new Error('stuck')));
    process.emit('SIGTERM', 'SIGTERM');
    await settled();
    expect(String(warn.mock.calls[0]?.[0])).toMatch(/Shutdown failed: .*stuck/);
    expect(died()).toEqual(['SIGTERM']);
  });

  it('listens for the signals that it is given, until it is stopped', () => {
    const onSignal = jest.fn(() => Promise.resolve());
    listening = listenForSignals(onSignal, ['SIGHUP']);
    expect([process.listenerCount('SIGINT'), process.listenerCount('SIGHUP')]).toEqual([0, 1]);
    listening.stop();
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });
});
