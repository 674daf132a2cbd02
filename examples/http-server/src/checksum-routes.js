import { ProcessPool } from '@proc/process';
import { clientGone } from './client-gone.js';

const RUNNING = 2;
const WAITING = 2;

/** `GET /checksum?text=…` and `POST /checksum`: a limited number of processes at once. */
export async function checksumRoutes(server, { processes }) {
  const pool = new ProcessPool(processes, { concurrency: RUNNING });
  // When the server closes, what was accepted is finished.
  server.addHook('onClose', () => pool.close());

  // The body goes to the process as it arrives, whatever its type.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, body, done) => done(null, body));

  async function checksum(input, reply) {
    if (pool.pending >= WAITING) {
      return reply.code(503).header('retry-after', '1').send({ error: 'Too many checksums.' });
    }
    const result = await pool.start(['cksum'], {
      input,
      signal: clientGone(reply),
      timeout: '30s',
    });
    const [sum, bytes] = result.throw().output().split(' ');
    return { checksum: Number(sum), bytes: Number(bytes) };
  }

  server.get('/checksum', (request, reply) => checksum(String(request.query.text ?? ''), reply));
  server.post('/checksum', (request, reply) => checksum(request.body ?? '', reply));
}
