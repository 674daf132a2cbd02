import Fastify from 'fastify';
import { ProcessManager } from '@proc/process';
import { checksumRoutes } from './checksum-routes.js';
import { streamRoutes } from './stream-routes.js';

/** The server on top of an application; closing it shuts the application down. */
export function createServer(app, { logFile }) {
  const processes = app.get(ProcessManager);
  const server = Fastify();
  server.addHook('onClose', () => app.shutdown());
  server.register(checksumRoutes, { processes });
  server.register(streamRoutes, { processes, logFile });
  server.get('/status', () => ({
    running: processes.activeProcesses.map(({ pid, command }) => ({ pid, command })),
  }));
  return server;
}
