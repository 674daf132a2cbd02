import Fastify from 'fastify';
import { ProcessManager } from '@proc/process';
import { checksumRoutes } from './checksum-routes.js';
import { streamRoutes } from './stream-routes.js';

/** The server on top of an application; closing it shuts the application down. */
export function createServer(app, { logFile }) {
  const processes = app.get(ProcessManager);
  const server = Fastify();
  server.addHook('onClose', () => app.shutdown());
  closeConnections(server);
  server.register(checksumRoutes, { processes });
  server.register(streamRoutes, { processes, logFile });
  server.get('/status', () => ({
    running: processes.activeProcesses.map(({ pid, command }) => ({ pid, command })),
  }));
  return server;
}

/** While the server closes, an answer is the last one on its connection; a client could hold it open for long. */
function closeConnections(server) {
  let closing = false;
  server.addHook('preClose', async () => {
    closing = true;
  });
  server.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
