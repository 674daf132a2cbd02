import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { describe, expect, it } from '@jest/globals';
import { ProcEvent } from '@proc/core';
import * as api from '../../../src/index.js';
import { channelOf } from '../../../src/events/event-channels.js';
import { makePool } from '../../support/pools.js';
import { RecordingEvents } from '../../support/recording-events.js';

describe('The channels of node:diagnostics_channel', () => {
  it('carry the very events that listeners get', async () => {
    const heard: unknown[] = [];
    const hear = (event: unknown): void => void heard.push(event);
    const names = ['TaskSubmitted', 'TaskCompleted', 'WorkerReady'];
    for (const name of names) subscribe(`proc:workers:${name}`, hear);
    const events = new RecordingEvents();
    try {
      await makePool('inline', { size: 1 }, events).run(() => 1);
      expect(heard).toEqual(events.events.filter(({ name }) => names.includes(name)));
      expect(heard).toHaveLength(3);
      // Also where nobody else listens.
      await makePool('inline', { size: 1 }).run(() => 1);
      expect(heard).toHaveLength(6);
    } finally {
      for (const name of names) unsubscribe(`proc:workers:${name}`, hear);
    }
    await makePool('inline', { size: 1 }).run(() => 1);
    expect(heard).toHaveLength(6);
  });

  it('are there for every event', () => {
    const types = Object.entries(api).filter(
      ([name, value]) =>
        typeof value === 'function' &&
        (value.prototype as unknown) instanceof ProcEvent &&
        !['TaskEvent', 'WorkerEvent'].includes(name),
    );
    expect(types.length).toBeGreaterThan(10);
    for (const [name, type] of types) {
      expect(channelOf(type as never)?.name).toBe(`proc:workers:${name}`);
    }
  });
});
