import { Readable } from 'node:stream';
import { clientGone } from './client-gone.js';

/** `GET /disk` and `GET /log`: lines as they are printed. */
export async function streamRoutes(server, { processes, logFile }) {
  const closing = new AbortController();
  // An endless stream would keep the server from closing.
  server.addHook('preClose', async () => closing.abort(new Error('The server closes.')));

  async function stream(pending, reply) {
    const signal = AbortSignal.any([clientGone(reply), closing.signal]);
    // Started before the answer begins, so that a start that fails is an error with a status of its own.
    const running = await pending.abortWith(signal).start();
    // The connection ends with the stream: this answer has begun before the server knows that it will close.
    reply.header('connection', 'close');
    return reply.type('text/plain').send(Readable.from(lines(running, signal)));
  }

  server.get('/disk', (_request, reply) => stream(processes.command(['df', '-P']), reply));
  server.get('/log', (_request, reply) =>
    stream(processes.command(['tail', '-n', '10', '-f', logFile]).quietly(), reply),
  );
}

async function* lines(running, signal) {
  try {
    for await (const line of running.lines()) yield `${line}\n`;
  } catch (error) {
    // Ended because nobody reads any more, or the server closes: that is the end of the stream, and no failure.
    if (!signal.aborted) throw error;
  }
}
