/** A pool made of a library's `run` and of p-limit, as most people make one. */
export function limited(pLimit, run) {
  return async (argv, { count, width }) => {
    const limit = pLimit(width);
    const results = await Promise.all(Array.from({ length: count }, () => limit(() => run(argv))));
    return results.filter(({ exitCode }) => exitCode === 0).length;
  };
}
