/** Cassettes. See fake-behaviours.mjs. */
export const cassettes = [
  {
    behaviour: 'a cassette is recorded once, and never in CI',
    file: 'cassettes/cassette-mode.ts',
    find: "return exists || isCI ? 'replay' : 'record';",
    replace: "return exists && !isCI ? 'replay' : 'record';",
    test: [
      'cassettes/cassette-mode.test.ts',
      'is to record once: where there is no file, and not in CI',
    ],
  },
  {
    behaviour: 'PROC_CASSETTES chooses the mode',
    file: 'cassettes/cassette-mode.ts',
    find: "if (fromEnvironment !== undefined && fromEnvironment !== '') {",
    replace: "if (fromEnvironment === '') {",
    test: ['cassettes/cassette-mode.test.ts', 'is that of PROC_CASSETTES, unless one is given'],
  },
  {
    behaviour: 'a replay remembers what it missed',
    file: 'cassettes/cassette.ts',
    find: 'return [...this.#misses];',
    replace: 'return [];',
    test: [
      'cassettes/replaying.test.ts',
      'is not tried again, and is remembered where the error is swallowed',
    ],
  },
  {
    behaviour: 'the mode update records what is missing',
    file: 'cassettes/cassette.ts',
    find: "if (this.mode === 'update') return this.#record(call, launch, really);\n    throw",
    replace: 'throw',
    test: [
      'cassettes/replaying.test.ts',
      'replays what there is, records what there is not, and drops what nothing asks for',
    ],
  },
  {
    behaviour: 'the mode update keeps what was asked for',
    file: 'cassettes/cassette.ts',
    find: "this.mode === 'update' ? this.#shelf.used : []",
    replace: '[]',
    test: [
      'cassettes/replaying.test.ts',
      'replays what there is, records what there is not, and drops what nothing asks for',
    ],
  },
  {
    behaviour: 'the mode update drops what nothing asked for',
    file: 'cassettes/cassette.ts',
    find: "this.mode === 'update' ? this.#shelf.used : []",
    replace: "this.mode === 'update' ? this.#shelf.entries : []",
    test: [
      'cassettes/replaying.test.ts',
      'replays what there is, records what there is not, and drops what nothing asks for',
    ],
  },
  {
    behaviour: 'the mode passthrough lets everything really run',
    file: 'cassettes/use-cassette.ts',
    find: "if (mode !== 'passthrough') {",
    replace: '{',
    test: ['cassettes/replaying.test.ts', 'really starts everything, and writes nothing'],
  },
  {
    behaviour: 'each entry of a cassette is given out once',
    file: 'cassettes/matching/entry-shelf.ts',
    find: 'if (entry !== undefined) this.#used.add(entry);',
    replace: '',
    test: [
      'cassettes/replaying.test.ts',
      'that is made again gets what was recorded, in that order',
    ],
  },
  {
    behaviour: 'a call is found by its input',
    file: 'cassettes/matching/entry-shelf.ts',
    find: 'input === digest ||',
    replace: 'input !== undefined ||',
    test: ['cassettes/replaying.test.ts', 'is found by its input, also when many are made at once'],
  },
  {
    behaviour: 'secrets are not written',
    file: 'cassettes/matching/transcript.ts',
    find: 'this.#finish(secrets.redact(text), place)',
    replace: 'this.#finish(text, place)',
    test: [
      'cassettes/recording.test.ts',
      'are never written: of arguments, environment, input and outputs, also across chunks',
    ],
  },
  {
    behaviour: 'what is written can be scrubbed',
    file: 'cassettes/matching/transcript.ts',
    find: 'if (this.#scrub === undefined) return text;',
    replace: 'if (this.#scrub !== undefined) return text;',
    test: [
      'cassettes/recording.test.ts',
      'changes every field before it is written, and before a call is looked for',
    ],
  },
  {
    behaviour: 'what has to be used and was not is an error',
    file: 'cassettes/cassette.ts',
    find: "if (this.mode === 'replay') this.#requireUsed();",
    replace: '',
    test: ['cassettes/replaying.test.ts', 'is an error where it has to be used'],
  },
  {
    behaviour: 'a discarded cassette is not written',
    file: 'cassettes/cassette.ts',
    find: 'if (!this.#discarded) this.#write();',
    replace: 'this.#write();',
    test: ['cassettes/replaying.test.ts', 'is not written'],
  },
  {
    behaviour: 'a replay takes its time',
    file: 'cassettes/cassette.ts',
    find: 'timing: options.timing ?? true,',
    replace: 'timing: false,',
    test: [
      'cassettes/replaying.test.ts',
      'passes as it was recorded, by the fake timers of the runner',
    ],
  },
];
