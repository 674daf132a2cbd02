import { Application, ProcessManager, ProcessServiceProvider } from '@proc/core';
import { FakeDriver, type FakeClosure, type FakeHandlers, type FakeProcess } from '@proc/testing';
import { useCassette, type CassetteOptions } from '@proc/testing/cassettes';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Body<Seen> = (processes: ProcessManager) => Promise<Seen>;

/** A directory with a cassette in it, which is used with programs that are fakes: nothing is spawned. */
export class CassetteScene {
  readonly directory = mkdtempSync(join(tmpdir(), 'cassette-'));
  readonly path = join(this.directory, 'cassette.json');
  /** The programs that were really started. */
  readonly programs: FakeProcess[] = [];

  constructor() {
    // The project that paths are relative to.
    writeFileSync(join(this.directory, 'package.json'), '{}');
  }

  /** How often a program was really started. */
  get starts(): number {
    return this.programs.length;
  }

  get text(): string {
    return readFileSync(this.path, 'utf8');
  }

  get entries(): readonly Readonly<Record<string, unknown>>[] {
    return (JSON.parse(this.text) as { entries: Readonly<Record<string, unknown>>[] }).entries;
  }

  /** Uses the cassette for what the body does, with these as the programs. */
  async use<Seen>(
    options: CassetteOptions,
    programs: FakeHandlers | FakeClosure,
    body: Body<Seen>,
  ): Promise<Seen> {
    const { app, processes } = await this.manager(programs);
    try {
      const cassette = await useCassette(this.path, { target: app, ...options });
      try {
        return await body(processes);
      } finally {
        await cassette.eject();
      }
    } finally {
      await app.shutdown();
    }
  }

  /** Replays without any program. */
  replay<Seen>(body: Body<Seen>, options: CassetteOptions = {}): Promise<Seen> {
    const refuse = (): never => {
      throw new Error('A program was really started.');
    };
    return this.use({ mode: 'replay', ...options }, refuse, body);
  }

  async manager(
    programs: FakeHandlers | FakeClosure,
  ): Promise<{ readonly app: Application; readonly processes: ProcessManager }> {
    const app = new Application({
      providers: [ProcessServiceProvider],
      config: { process: { default: 'programs' } },
    });
    await app.boot();
    const processes = app.get(ProcessManager);
    processes.extend('programs', () => {
      const driver = new FakeDriver({
        fakes: programs,
        onStart: (_, process) => this.programs.push(process),
      });
      return driver;
    });
    return { app, processes };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }
}
