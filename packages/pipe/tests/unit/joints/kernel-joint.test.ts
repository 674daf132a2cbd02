import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { KernelJoint } from '../../../src/joints/kernel-joint.js';
import { KernelPipe } from '../../../src/streams/kernel-pipe.js';

describe('a joint of the operating system', () => {
  it('gives nobody the number of an end that it has closed, which may be that of something else', () => {
    const [reader, writer] = [openSync(devNull, 'r'), openSync(devNull, 'w')];
    const joint = new KernelJoint(new KernelPipe(reader, writer));
    const { output, stdin } = joint;

    expect([stdin.fd, output.fd]).toEqual([reader, writer]);
    joint.readerStarted();
    joint.writerStarted();
    const others = [openSync(devNull, 'r'), openSync(devNull, 'w')];

    expect(() => stdin.fd).toThrow('This end of the pipe has been closed.');
    expect(() => output.fd).toThrow('This end of the pipe has been closed.');
    for (const other of others) closeSync(other);
  });
});
