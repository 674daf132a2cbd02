/** How time passes for fakes: delays, timeouts, virtual clocks, questions in its place. See fake-behaviours.mjs. */
export const timeOfAFake = [
  {
    behaviour: 'delays take time, that of fake timers',
    file: 'driver/fake-process.ts',
    find: 'if (!this.#questions.hasBegun) await this.#sleep(step.ms);',
    replace: 'if (this.#questions.hasBegun) await this.#sleep(step.ms);',
    test: ['driver/life-of-a-fake.test.ts', 'goes by fake timers'],
  },
  {
    behaviour: 'iterations are counted by questions',
    file: 'driver/question-count.ts',
    find: 'else if (--this.#left === 0) this.#goOn();',
    replace: 'else { this.#left = 0; this.#goOn(); }',
    test: [
      'driver/iterations.test.ts',
      'is running so often, and gives a line for each question for output',
    ],
  },
  {
    behaviour: 'idle timeouts are put off by output',
    file: 'driver/fake-pipe.ts',
    find: 'if (!this.destroyed) this.push(first.bytes);',
    replace: '',
    test: ['driver/life-of-a-fake.test.ts', 'runs into an idle timeout unless it goes on printing'],
  },
  {
    behaviour: 'a timeout ends a process by a signal',
    file: 'driver/fake-process.ts',
    find: 'byCount ? this.#script.exit : { exitCode: null, signal }',
    replace: 'byCount ? this.#script.exit : { exitCode: 1, signal: null }',
    test: [
      'driver/life-of-a-fake.test.ts',
      'runs into a timeout as in production, and keeps what was printed',
    ],
  },
  {
    behaviour: 'one fake after the other leaves time for others',
    file: 'driver/start-fake.ts',
    find: 'await startInTurn();',
    replace: 'void startInTurn;',
    test: [
      'driver/life-of-a-fake.test.ts',
      'lets timers fire while one fake is run after the other',
    ],
  },
  {
    behaviour: 'time does not pass where questions are counted',
    file: 'driver/fake-process.ts',
    find: 'if (!this.#questions.hasBegun) await this.#sleep(step.ms);',
    replace: 'await this.#sleep(step.ms);',
    test: ['driver/iterations.test.ts', 'does not wait for time to pass once it counts'],
  },
  {
    behaviour: 'a stop ends a counting fake as it is described',
    file: 'driver/fake-process.ts',
    find: "this.#questions.counts && signal !== 'SIGKILL'",
    replace: 'false',
    test: [
      'driver/iterations.test.ts',
      'is ended by stop with its described exit code, and records the signal',
    ],
  },
  {
    behaviour: 'fakes go by a virtual clock',
    file: 'fake-processes.ts',
    find: 'if (clock !== undefined) scope.goBy(clock);',
    replace: '',
    test: [
      'clock/fakes-by-a-virtual-clock.test.ts',
      'take their time, and give it as dates and durations',
    ],
  },
  {
    behaviour: 'timers of one time fire in their order',
    file: 'clock/timer-queue.ts',
    find: 'other.at <= at',
    replace: 'other.at < at',
    test: [
      'clock/virtual-clock.test.ts',
      'fires each timer at its time, those of one time in the order in which they were set',
    ],
  },
  {
    behaviour: 'a virtual clock aborts in time',
    file: 'clock/virtual-clock.ts',
    find: 'controller.abort(reason);',
    replace: '',
    test: ['clock/fakes-by-a-virtual-clock.test.ts', 'are aborted by a signal of the clock'],
  },
  {
    behaviour: 'a clock goes on by itself when fakes are taken back',
    file: 'fake-scope.ts',
    find: 'this.releaseClock();\n    this.#clock = undefined;',
    replace: 'this.#clock = undefined;',
    test: [
      'clock/fakes-by-a-virtual-clock.test.ts',
      'come to their end by themselves when they are taken back',
    ],
  },
];
