import { commandLine, secretsOf, type SecretTable } from '@proc/core/internal';
import { inspect } from 'node:util';
import type { RecordedProcess } from './recorded-process.js';

/** Characters of an input that are shown. */
const LONGEST_INPUT = 2000;

/** What has been recorded, with its command line; written down, it shows no secrets. */
export function recordingOf(facts: Omit<RecordedProcess, 'command'>): RecordedProcess {
  const { input, messages, ...others } = facts;
  const visible = { command: commandLine(facts.spec.command), ...others };
  const shown = (): object => {
    const secrets = secretsOf(facts.spec);
    return {
      ...visible,
      input: shownInput(input, secrets),
      messages: shownMessages(messages, secrets),
    };
  };
  const hidden = { input, messages, toJSON: shown, [inspect.custom]: shown };
  const descriptors = Reflect.ownKeys(hidden).map((key) => {
    return [key, { value: hidden[key as keyof typeof hidden], enumerable: false }] as const;
  });
  const recording = Object.defineProperties(visible, Object.fromEntries(descriptors));
  return Object.freeze(recording as RecordedProcess);
}

function shownInput(input: Buffer, secrets: SecretTable): string {
  const text = secrets.redact(input.toString());
  return text.length <= LONGEST_INPUT ? text : `${text.slice(0, LONGEST_INPUT)}…`;
}

function shownMessages(messages: readonly unknown[], secrets: SecretTable): readonly unknown[] {
  return secrets.isEmpty ? messages : messages.map((message) => secrets.redact(inspect(message)));
}
