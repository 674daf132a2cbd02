import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { Application, EventDispatcher, ProcessServiceProvider } from '@proc/core';
import { EmitteryDispatcher, EventServiceProvider } from '@proc/events';
import { Barked } from '../support/sample-events.js';

describe('EventServiceProvider', () => {
  it.each([
    ['after', [ProcessServiceProvider, EventServiceProvider]],
    ['before', [EventServiceProvider, ProcessServiceProvider]],
  ])(
    'binds a dispatcher that delivers, registered %s the provider of core',
    async (_, providers) => {
      const app = new Application({ providers });
      await app.boot();

      const events = app.get(EventDispatcher);
      expect(events).toBeInstanceOf(EmitteryDispatcher);
      expect(app.get(EventDispatcher)).toBe(events);
      expect(app.get('process.events')).toBe(events);
      await app.shutdown();
    },
  );

  it('hands the hook for errors on to the dispatcher', async () => {
    const app = new Application();
    const reported: unknown[] = [];
    app.register(
      new EventServiceProvider(app, { onListenerError: (error) => reported.push(error) }),
    );
    const events = app.get(EventDispatcher);
    const error = new Error('no');
    events.listen(Barked, () => Promise.reject(error));

    await events.dispatch(new Barked('Rex'));

    expect(reported).toEqual([error]);
  });
});
