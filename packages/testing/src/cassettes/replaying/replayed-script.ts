import type { LaunchSpec, ProcError, ProcessExit, ProcessHandle } from '@proc/core';
import { secretsOf } from '@proc/core/internal';
import type { FakeChild } from '../../fakes/fake-program.js';
import { EMPTY_SCRIPT, type FakeScript } from '../../fakes/fake-script.js';
import type { StoredEntry } from '../file/cassette-entry.js';
import type { Call } from '../matching/describe-call.js';
import type { Transcript } from '../matching/transcript.js';
import { Conversation, OffScript } from './conversation.js';
import type { Attempt } from './late-failure.js';
import { playEntry } from './play-entry.js';
import { runInstead } from './run-instead.js';

/** What a replayed process goes by. */
export interface Replay {
  readonly launch: LaunchSpec;
  readonly call: Call;
  /** `undefined` where it can be told only from the whole input. */
  readonly entry: StoredEntry | undefined;
  readonly transcript: Transcript;
  readonly timing: boolean;
  readonly attempt: Attempt | undefined;
  /** Finds the entry for a whole input. */
  readonly find: (input: Buffer) => StoredEntry | undefined;
  /** Starts it for real, where that is to be done with what has not been recorded. */
  readonly start: ((launch: LaunchSpec) => Promise<ProcessHandle>) | undefined;
  /** The error of what was not found by its input, or took another course. */
  readonly miss: (found: { input?: Buffer; course?: string }) => ProcError;
}

/** A process that did not come to what it was asked for. */
const GAVE_UP: ProcessExit = { exitCode: 1, signal: null };

/** The life of a fake process that is replayed. */
export function replayedScript(replay: Replay): FakeScript {
  let chosen = replay.entry;
  return {
    ...EMPTY_SCRIPT,
    // Asked for when it ends; by then it is known.
    get outputHeldMs() {
      return chosen?.outputHeld === true ? Infinity : 0;
    },
    steps: [
      {
        kind: 'perform',
        program: async (child) => {
          const { exitCode, signal } = await perform(replay, child, (entry) => {
            chosen = entry;
          });
          return signal ?? exitCode ?? 0;
        },
      },
    ],
  };
}

async function perform(
  replay: Replay,
  child: FakeChild,
  choose: (entry: StoredEntry) => void,
): Promise<ProcessExit> {
  const { entry, find, start, attempt, call } = replay;
  try {
    if (entry !== undefined) return await play(entry, replay, child);
    const input = await everythingOf(child);
    const found = find(input);
    if (found !== undefined) {
      choose(found);
      return await play(found, replay, child);
    }
    if (start !== undefined && call.kind === 'whole') return await runInstead(start, child, input);
    return await giveUp(replay.miss({ input }), replay, child);
  } catch (error) {
    if (error instanceof OffScript) {
      return giveUp(replay.miss({ course: error.message }), replay, child);
    }
    if (attempt !== undefined) attempt.failure ??= error as ProcError;
    return GAVE_UP;
  }
}

function play(entry: StoredEntry, replay: Replay, child: FakeChild): Promise<ProcessExit> {
  const { transcript, timing, call, launch } = replay;
  const conversation = call.kind === 'interactive' ? new Conversation(child.stdin) : undefined;
  return playEntry(entry, {
    child,
    transcript,
    secrets: secretsOf(launch.spec),
    timing,
    conversation,
  });
}

async function everythingOf({ stdin }: FakeChild): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Says why where somebody may look, and lets the run end with the error. */
async function giveUp(
  error: ProcError,
  { attempt }: Replay,
  child: FakeChild,
): Promise<ProcessExit> {
  if (attempt !== undefined) attempt.failure = error;
  await child.write('err', `${error.message}\n`);
  return GAVE_UP;
}
