import { InvalidArgumentError } from '@proc/core';
import { showValue } from '@proc/core/internal';

/** @throws {@link InvalidArgumentError} for what no driver is given to start */
export function requireLaunch(launch: unknown): void {
  const { spec } = (launch ?? {}) as { readonly spec?: unknown };
  const { command } = (spec ?? {}) as { readonly command?: unknown };
  if (typeof command === 'object' && command !== null) return;
  throw new InvalidArgumentError(
    `A fake is started with a LaunchSpec, as drivers are given it; got ${showValue(launch)}.`,
  );
}

/** @throws {@link InvalidArgumentError} for what no fake process can follow */
export function requireScript(script: unknown): void {
  const { steps, exit } = (script ?? {}) as { readonly steps?: unknown; readonly exit?: unknown };
  if (Array.isArray(steps) && typeof exit === 'object') return;
  throw new InvalidArgumentError(
    `A fake process follows a script, as toScript() gives it; got ${showValue(script)}.`,
  );
}
