import type { LaunchSpec } from '../contracts/process-driver.js';
import { failureMessage } from '../diagnostics/failure-message.js';
import { NotExecutableError } from '../errors/not-executable-error.js';

/**
 * Sees to it that a batch file of Windows is not given to `child_process`, which refuses it (EINVAL): `cmd.exe` would
 * read its arguments as commands.
 *
 * @throws {@link NotExecutableError} that names the ways out
 */
export function refuseBatchFile(
  { spec }: LaunchSpec,
  file: string,
  platform: NodeJS.Platform = process.platform,
): void {
  if (platform !== 'win32' || !/\.(bat|cmd)$/i.test(file)) return;
  const what =
    `could not be started: ${file} is a batch file, which the driver "node" can not start. ` +
    'Use the driver "execa", which escapes its arguments, or write it as a line for shell().';
  throw new NotExecutableError(failureMessage({ what, spec }), spec);
}
