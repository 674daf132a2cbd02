import { describe, expect, it, jest } from '@jest/globals';
import { attachedPort, type FramePort } from '@proc/ipc';
import { PortEnd } from '../../../src/transports/port-end.js';

describe('PortEnd', () => {
  it('keeps what comes before anybody listens, and takes nothing after its end', () => {
    const end = new PortEnd();
    const heard: unknown[] = [];
    end.receive(1);
    end.receive(2);
    end.onFrame((frame) => heard.push(frame));
    end.receive(3);
    expect(end.end()).toBe(true);
    end.receive(4);
    expect(heard).toEqual([1, 2, 3]);
    expect(end.isOpen).toBe(false);
  });

  it('tells of its end once, also who comes later', () => {
    const [early, late] = [jest.fn(), jest.fn()];
    const end = new PortEnd();
    end.onClose(early);
    expect([end.end(), end.end()]).toEqual([true, false]);
    end.onClose(late);
    expect(early).toHaveBeenCalledTimes(1);
    expect(late).toHaveBeenCalledTimes(1);
  });
});

describe('attachedPort', () => {
  interface Channel {
    readonly posted: unknown[];
    readonly port: FramePort;
    readonly heard: unknown[];
    readonly detached: jest.Mock;
    message: (message: unknown) => void;
    gone: () => void;
  }

  function channel(): Channel {
    const posted: unknown[] = [];
    const heard: unknown[] = [];
    const detached = jest.fn();
    const listeners = { message: (_: unknown): void => undefined, gone: (): void => undefined };
    const port = attachedPort({
      post: (message) => posted.push(message),
      listen: (message, gone) => {
        Object.assign(listeners, { message, gone });
        return detached;
      },
    });
    port.onFrame((frame) => heard.push(frame));
    port.onClose(() => heard.push('closed'));
    return { posted, port, heard, detached, ...listeners };
  }

  it('speaks to its like, and leaves the messages of others alone', () => {
    const [one, other] = [channel(), channel()];
    one.port.send('frame');
    for (const message of [{ theirs: 1 }, null, 'text', ...one.posted]) other.message(message);
    expect(other.heard).toEqual(['frame']);
  });

  it('says good-bye, and leaves the channel', () => {
    const [one, other] = [channel(), channel()];
    one.port.close();
    one.port.close();
    one.port.send('too late');
    for (const message of one.posted) other.message(message);
    expect([one.heard, other.heard]).toEqual([['closed'], ['closed']]);
    expect(one.posted).toHaveLength(1);
    for (const { detached } of [one, other]) expect(detached).toHaveBeenCalledTimes(1);
  });

  it('ends with the channel, without a word', () => {
    const one = channel();
    one.gone();
    one.port.send('too late');
    expect(one.heard).toEqual(['closed']);
    expect(one.posted).toEqual([]);
  });
});
