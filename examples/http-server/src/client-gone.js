/** A signal that aborts when the client has gone away, or has got all of its answer. */
export function clientGone(reply) {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort(new Error('The client has gone away.')));
  return controller.signal;
}
