import { closeSync } from 'node:fs';

const actions: (() => void)[] = [];

/** Has something that a broken driver leaves taken back by {@link cleanUp}. */
export function later(action: () => void): void {
  actions.push(action);
}

export function closeLater(fd: number): void {
  later(() => closeSync(fd));
}

/** For a process that its driver can not end. */
export function killLater(pid: number | undefined): void {
  if (pid === undefined) return;
  later(() => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  });
}

/** Takes back what broken drivers have left. */
export function cleanUp(): void {
  for (const action of actions.splice(0)) action();
}
