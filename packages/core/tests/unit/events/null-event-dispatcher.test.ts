import { describe, expect, it } from '@jest/globals';
import { NullEventDispatcher } from '../../../src/events/null-event-dispatcher.js';
import { ProviderError } from '../../../src/errors/provider-error.js';

describe('NullEventDispatcher', () => {
  const events = new NullEventDispatcher();

  it('drops events, and tells that nobody hears them', async () => {
    await events.dispatch();
    expect(events.hasListeners()).toBe(false);
    events.forget();
  });

  it('refuses every listener, since nothing would ever be heard', async () => {
    for (const listen of [() => events.listen(), () => events.stream(), () => events.subscribe()]) {
      expect(listen).toThrow(ProviderError);
      expect(listen).toThrow('EventServiceProvider of @proc/events');
    }
    await expect(events.once()).rejects.toThrow(ProviderError);
  });
});
