/** The application: knows the process manager, and nothing of drivers. */
export class SystemReport {
  #processes;

  /** @param {import('@proc/process').ProcessManager} processes */
  constructor(processes) {
    this.#processes = processes;
  }

  async create() {
    const kernel = await this.#processes.run(['uname', '-s']);
    const letters = await this.#processes
      .pipe(['echo banana', ['fold', '-w', '1'], 'sort', 'uniq -c'])
      .runOrFail();
    const [first, second] = await this.#processes.concurrently([
      ['echo', 'first'],
      ['echo', 'second'],
    ]);
    const failure = await this.#processes.run(['sh', '-c', 'echo oops >&2; exit 3']);
    return {
      kernel: kernel.output().trim(),
      letters: letters.lines().map((line) => line.trim()),
      pool: [first.output().trim(), second.output().trim()],
      failure: { exitCode: failure.exitCode, says: failure.errorOutput().trim() },
    };
  }
}
