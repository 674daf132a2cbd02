import type { ProcessManager } from '../../src/contracts/process-manager.js';
import { NullEventDispatcher } from '../../src/events/null-event-dispatcher.js';
import { createProcessManager } from '../../src/manager/default-process-manager.js';
import { resolveProcessConfig } from '../../src/manager/define-process-config.js';
import type { ProcessConfig } from '../../src/manager/process-config.js';

/** A manager for tests that start nothing. */
export function makeManager(config: ProcessConfig = {}): ProcessManager {
  const events = new NullEventDispatcher();
  return createProcessManager(resolveProcessConfig(config), () => events);
}
