import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { EmitteryDispatcher } from '@proc/events';
import { AnimalEvent, Barked, Meowed, Rained } from '../support/sample-events.js';

/** Long enough for anything that was promised to have happened, without waiting for a time. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('EmitteryDispatcher', () => {
  let events: EmitteryDispatcher;

  beforeEach(() => {
    events = new EmitteryDispatcher({
      onListenerError: (error) => {
        throw error;
      },
    });
  });

  describe('delivery', () => {
    it('gives an event to the listeners of its class, of its parent class and of everything', async () => {
      const heard: string[] = [];
      events.listen(Barked, (event) => void heard.push(`Barked ${event.animal}`));
      events.listen(Meowed, (event) => void heard.push(`Meowed ${event.animal}`));
      events.listen(AnimalEvent, (event) => void heard.push(`AnimalEvent ${event.animal}`));
      events.listen('*', (event) => void heard.push(`* ${event.name}`));

      await events.dispatch(new Barked('Rex'));
      await events.dispatch(new Rained());

      expect(heard).toEqual(['Barked Rex', 'AnimalEvent Rex', '* Barked', '* Rained']);
    });

    it('calls listeners in the order of registration, whichever class they listen to', async () => {
      const heard: string[] = [];
      events.listen('*', () => void heard.push('everything'));
      events.listen(Barked, () => void heard.push('class'));
      events.listen(AnimalEvent, () => void heard.push('parent'));
      events.listen(Barked, () => void heard.push('class again'));

      await events.dispatch(new Barked('Rex'));

      expect(heard).toEqual(['everything', 'class', 'parent', 'class again']);
    });

    it('delivers events in the order of their dispatch', async () => {
      const heard: string[] = [];
      events.listen(AnimalEvent, (event) => void heard.push(event.animal));

      await Promise.all(['a', 'b', 'c'].map((animal) => events.dispatch(new Barked(animal))));

      expect(heard).toEqual(['a', 'b', 'c']);
    });

    it('goes on with the dispatching code before any listener runs', async () => {
      const heard: string[] = [];
      events.listen(Barked, () => void heard.push('listener'));

      const dispatched = events.dispatch(new Barked('Rex'));
      heard.push('dispatcher');
      await dispatched;

      expect(heard).toEqual(['dispatcher', 'listener']);
    });

    it('resolves when the slowest listener has finished', async () => {
      let release = () => {};
      const gate = new Promise<void>((resolve) => (release = resolve));
      events.listen(Barked, () => gate);
      let finished = false;

      const dispatched = events.dispatch(new Barked('Rex')).then(() => (finished = true));
      await settled();
      expect(finished).toBe(false);

      release();
      await dispatched;
      expect(finished).toBe(true);
    });

    it('calls a function as often as it was registered', async () => {
      let calls = 0;
      const listener = () => calls++;
      events.listen(Barked, listener);
      events.listen(Barked, listener);

      await events.dispatch(new Barked('Rex'));

      expect(calls).toBe(2);
    });

    it('prints nothing where DEBUG asks emittery to', async () => {
      const log = jest.spyOn(console, 'log').mockImplementation(() => {});
      const before = process.env['DEBUG'];
      process.env['DEBUG'] = '*';
      try {
        events.listen(Barked, () => {});
        await events.dispatch(new Barked('Rex'));
      } finally {
        if (before === undefined) delete process.env['DEBUG'];
        else process.env['DEBUG'] = before;
      }
      expect(log).not.toHaveBeenCalled();
    });
  });

  describe('errors of listeners', () => {
    it.each([
      [
        'throws',
        () => {
          throw new Error('no');
        },
      ],
      ['rejects', () => Promise.reject(new Error('no'))],
    ])('go to the hook with the event when a listener %s, and nowhere else', async (_, failing) => {
      const reported: unknown[] = [];
      const heard: string[] = [];
      events = new EmitteryDispatcher({
        onListenerError: (error, event) => void reported.push([(error as Error).message, event]),
      });
      events.listen(Barked, failing);
      events.listen(Barked, (event) => void heard.push(event.animal));
      const event = new Barked('Rex');

      await expect(events.dispatch(event)).resolves.toBeUndefined();

      expect(heard).toEqual(['Rex']);
      expect(reported).toEqual([['no', event]]);
    });

    it('become a process warning with a stable code by default', async () => {
      const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
      events = new EmitteryDispatcher();
      const error = new Error('no such kennel\nat all');
      events.listen(Barked, () => Promise.reject(error));

      await events.dispatch(new Barked('Rex'));

      expect(emitWarning).toHaveBeenCalledTimes(1);
      expect(emitWarning).toHaveBeenCalledWith('A listener of Barked failed: no such kennel', {
        type: 'ProcListenerWarning',
        code: 'PROC_LISTENER_FAILED',
        detail: error.stack,
      });
    });

    it('are reported when they are no errors', async () => {
      const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
      events = new EmitteryDispatcher();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      events.listen(Barked, () => Promise.reject(undefined));

      await events.dispatch(new Barked('Rex'));

      expect(emitWarning).toHaveBeenCalledWith(
        'A listener of Barked failed: undefined',
        expect.objectContaining({ code: 'PROC_LISTENER_FAILED' }),
      );
    });

    it('do not escape through a hook that fails itself', async () => {
      const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
      events = new EmitteryDispatcher({
        onListenerError: () => {
          throw new Error('hook failed');
        },
      });
      events.listen(Barked, () => Promise.reject(new Error('no')));

      await expect(events.dispatch(new Barked('Rex'))).resolves.toBeUndefined();

      expect(emitWarning).toHaveBeenCalledWith(
        'A listener of Barked failed: hook failed',
        expect.anything(),
      );
    });
  });

  describe('hasListeners', () => {
    it('knows listeners of the class, of a parent and of everything, and not of a subclass', () => {
      expect(events.hasListeners(Barked)).toBe(false);

      const stopParent = events.listen(AnimalEvent, () => {});
      expect(events.hasListeners(Barked)).toBe(true);
      expect(events.hasListeners(Rained)).toBe(false);
      stopParent();

      const stopClass = events.listen(Barked, () => {});
      expect(events.hasListeners(Barked)).toBe(true);
      expect(events.hasListeners(Meowed)).toBe(false);
      expect(events.hasListeners(AnimalEvent)).toBe(false);
      stopClass();

      const stopAll = events.listen('*', () => {});
      expect(events.hasListeners(Rained)).toBe(true);
      stopAll();
      expect(events.hasListeners(Rained)).toBe(false);
    });

    it('counts streams and waits too', async () => {
      const stream = events.stream(Barked);
      expect(events.hasListeners(Barked)).toBe(true);
      await stream.return?.();
      expect(events.hasListeners(Barked)).toBe(false);

      const next = events.once(Barked);
      expect(events.hasListeners(Barked)).toBe(true);
      await events.dispatch(new Barked('Rex'));
      await next;
      expect(events.hasListeners(Barked)).toBe(false);
    });
  });

  describe('unsubscribing', () => {
    it('ends one registration only, and may be repeated', async () => {
      const heard: string[] = [];
      const listener = (event: AnimalEvent) => void heard.push(event.animal);
      const stop = events.listen(Barked, listener);
      events.listen(Barked, listener);

      stop();
      stop();
      await events.dispatch(new Barked('Rex'));

      expect(heard).toEqual(['Rex']);
    });

    it('keeps a listener from an event that is under way', async () => {
      let calls = 0;
      const stop = events.listen(Barked, () => calls++);

      const dispatched = events.dispatch(new Barked('Rex'));
      stop();
      await dispatched;

      expect(calls).toBe(0);
    });

    it('does not give a new listener an event that is under way', async () => {
      let calls = 0;
      const dispatched = events.dispatch(new Barked('Rex'));
      events.listen(Barked, () => calls++);
      await dispatched;

      expect(calls).toBe(0);
    });
  });

  describe('forget', () => {
    it('removes one listener of a class', async () => {
      const heard: string[] = [];
      const first = () => void heard.push('first');
      events.listen(Barked, first);
      events.listen(Barked, () => void heard.push('second'));
      events.listen(Meowed, first);

      events.forget(Barked, first);
      await events.dispatch(new Barked('Rex'));
      await events.dispatch(new Meowed('Tom'));

      expect(heard).toEqual(['second', 'first']);
    });

    it('removes all listeners of a class, and not those of its parent', async () => {
      const heard: string[] = [];
      events.listen(Barked, () => void heard.push('class'));
      events.listen(AnimalEvent, () => void heard.push('parent'));

      events.forget(Barked);
      await events.dispatch(new Barked('Rex'));

      expect(heard).toEqual(['parent']);
    });

    it("removes one listener of everything by '*' and the listener", async () => {
      const heard: string[] = [];
      const all = () => void heard.push('all');
      events.listen('*', all);
      events.listen(Barked, () => void heard.push('class'));

      events.forget('*', all);
      await events.dispatch(new Barked('Rex'));

      expect(heard).toEqual(['class']);
    });

    it("removes everything by '*' alone", async () => {
      let calls = 0;
      events.listen('*', () => calls++);
      events.listen(Barked, () => calls++);

      events.forget('*');
      await events.dispatch(new Barked('Rex'));

      expect(calls).toBe(0);
      expect(events.hasListeners(Barked)).toBe(false);
    });

    it('leaves a waiting once alone', async () => {
      const next = events.once(Barked);
      events.forget('*');
      await events.dispatch(new Barked('Rex'));

      await expect(next).resolves.toMatchObject({ animal: 'Rex' });
    });
  });

  describe('once', () => {
    it('resolves with the next event of the class or a subclass, and with no later one', async () => {
      const next = events.once(AnimalEvent);
      await events.dispatch(new Rained());
      await events.dispatch(new Meowed('Tom'));
      await events.dispatch(new Barked('Rex'));

      await expect(next).resolves.toMatchObject({ animal: 'Tom' });
    });

    it('rejects with the reason of a signal that aborts, and takes itself away', async () => {
      const controller = new AbortController();
      const next = events.once(Barked, { signal: controller.signal });
      const reason = new Error('enough');

      controller.abort(reason);

      await expect(next).rejects.toBe(reason);
      expect(events.hasListeners(Barked)).toBe(false);
    });

    it('rejects at once for a signal that was aborted before', async () => {
      const reason = new Error('enough');
      await expect(events.once(Barked, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      expect(events.hasListeners(Barked)).toBe(false);
    });

    it('leaves no listener on the signal when the event comes first', async () => {
      const controller = new AbortController();
      const added = jest.spyOn(controller.signal, 'addEventListener');
      const next = events.once(Barked, { signal: controller.signal });
      await events.dispatch(new Barked('Rex'));
      await next;

      const options = added.mock.calls[0]?.[2] as { signal: AbortSignal };
      expect(options.signal.aborted).toBe(true);
    });
  });

  describe('stream', () => {
    it('iterates over the events from now on', async () => {
      await events.dispatch(new Barked('too early'));
      const stream = events.stream(AnimalEvent);
      await events.dispatch(new Barked('Rex'));
      await events.dispatch(new Rained());
      await events.dispatch(new Meowed('Tom'));

      const heard: string[] = [];
      for await (const event of stream) {
        heard.push(event.animal);
        if (heard.length === 2) break;
      }

      expect(heard).toEqual(['Rex', 'Tom']);
    });

    it('waits for an event that comes later', async () => {
      const stream = events.stream('*');
      const next = stream.next();
      await events.dispatch(new Rained());

      await expect(next).resolves.toMatchObject({ done: false, value: { name: 'Rained' } });
      await stream.return?.();
    });

    it('unsubscribes when the loop is left', async () => {
      const stream = events.stream(Barked);
      await events.dispatch(new Barked('Rex'));
      for await (const _ of stream) break;

      expect(events.hasListeners(Barked)).toBe(false);
      await expect(stream.next()).resolves.toEqual({ done: true, value: undefined });
    });

    it('unsubscribes when it was never read', async () => {
      const stream = events.stream(Barked);
      await stream.return?.();
      expect(events.hasListeners(Barked)).toBe(false);
    });

    it('answers several readers in turn', async () => {
      const stream = events.stream(Barked);
      const readings = Promise.all([stream.next(), stream.next()]);
      await events.dispatch(new Barked('first'));
      await events.dispatch(new Barked('second'));

      const animals = (await readings).map((result) => (result.value as Barked).animal);
      expect(animals).toEqual(['first', 'second']);
      await stream.return?.();
    });

    it('ends a reader that waits when the stream is closed', async () => {
      const stream = events.stream(Barked);
      const next = stream.next();
      await settled();
      await stream.return?.();

      await expect(next).resolves.toEqual({ done: true, value: undefined });
    });

    it('ends after what came before, when it is forgotten', async () => {
      const stream = events.stream(Barked);
      await events.dispatch(new Barked('Rex'));
      events.forget(Barked);
      await events.dispatch(new Barked('too late'));

      const heard: string[] = [];
      for await (const event of stream) heard.push(event.animal);

      expect(heard).toEqual(['Rex']);
    });
  });

  describe('subscribe', () => {
    it('removes everything that a subscriber registered, however it was registered', async () => {
      const heard: string[] = [];
      const stop = events.subscribe({
        subscribe: (target) => {
          target.listen(Barked, () => void heard.push('by the way'));
          return [target.listen(Barked, () => void heard.push('returned'))];
        },
      });
      events.listen(Barked, () => void heard.push('other'));

      await events.dispatch(new Barked('Rex'));
      stop();
      stop();
      await events.dispatch(new Barked('Rex'));

      expect(heard).toEqual(['by the way', 'returned', 'other', 'other']);
    });

    it('calls the subscriber as its method', () => {
      class Subscriber {
        readonly subscribed: unknown[] = [];
        subscribe(target: unknown): void {
          this.subscribed.push(target);
        }
      }
      const subscriber = new Subscriber();
      events.subscribe(subscriber);
      expect(subscriber.subscribed).toEqual([events]);
    });

    it('takes back what a subscriber registered before it failed', () => {
      const failing = {
        subscribe: (target: EmitteryDispatcher) => {
          target.listen(Barked, () => {});
          throw new Error('no');
        },
      };
      expect(() => events.subscribe(failing as never)).toThrow('no');
      expect(events.hasListeners(Barked)).toBe(false);
    });

    it('removes the listeners of a subscriber that was subscribed by another', () => {
      const inner = {
        subscribe: (target: EmitteryDispatcher) => void target.listen(Barked, () => {}),
      };
      const stop = events.subscribe({
        subscribe: (target) => void target.subscribe(inner),
      });
      stop();
      expect(events.hasListeners(Barked)).toBe(false);
    });
  });
});
