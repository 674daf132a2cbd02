import type { OutputType, ProcessExit, SecretTable } from '@proc/core';
import type { FakeChild } from '../../fakes/fake-program.js';
import type { StoredEntry, StoredStep } from '../file/cassette-entry.js';
import { textOf } from '../file/stored-text.js';
import { lineOf } from '../matching/describe-call.js';
import type { Transcript } from '../matching/transcript.js';
import type { Conversation } from './conversation.js';
import { SignalQueue } from './signal-queue.js';

/** What a real pipe hands on at once, at most. */
const LARGEST_PIECE = 64 * 1024;

/** What an entry is played with. */
export interface Stage {
  readonly child: FakeChild;
  readonly transcript: Transcript;
  readonly secrets: SecretTable;
  readonly timing: boolean;
  /** Only of what is interactive. */
  readonly conversation: Conversation | undefined;
}

/** Lets a fake process do what a recorded one did; gives how it ended. */
export async function playEntry(entry: StoredEntry, stage: Stage): Promise<ProcessExit> {
  const { child, timing } = stage;
  const steps = entry.steps ?? [];
  const signals = new SignalQueue(child, steps);
  for (const step of steps) {
    if (timing && step.after !== undefined) await child.sleep(step.after);
    if (step.signal !== undefined) await signals.next(step.signal);
    else await doStep(step, entry, stage);
  }
  const { exit = 0 } = entry;
  return typeof exit === 'number'
    ? { exitCode: exit, signal: null }
    : { exitCode: null, signal: exit };
}

async function doStep(step: StoredStep, entry: StoredEntry, stage: Stage): Promise<void> {
  const { transcript, secrets, child, conversation } = stage;
  for (const type of ['out', 'err'] as const) {
    const bytes = bytesOf(step, type, (text) => transcript.show(text, secrets));
    if (bytes !== undefined) await print(child, type, bytes);
  }
  if (step.closed !== undefined) child.closeOutput(step.closed);
  const expected = bytesOf(step, 'in', (text) => text);
  if (expected !== undefined) {
    const length = step.bytes ?? expected.length;
    await conversation?.expect(length, expected, (bytes) =>
      Buffer.from(transcript.bytes(bytes, { field: 'in', command: lineOf(entry) }, secrets)),
    );
  }
  if (step.endOfInput === true) await conversation?.expectEnd();
}

async function print(child: FakeChild, type: OutputType, bytes: Buffer): Promise<void> {
  for (let from = 0; from < bytes.length; from += LARGEST_PIECE) {
    await child.write(type, bytes.subarray(from, from + LARGEST_PIECE));
  }
}

function bytesOf(
  step: StoredStep,
  kind: OutputType | 'in',
  show: (text: string) => string,
): Buffer | undefined {
  const text = step[kind];
  if (text !== undefined) return Buffer.from(show(textOf(text)));
  const base64 = step[`${kind}64`];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}
