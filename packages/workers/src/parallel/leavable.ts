/**
 * A generator that hears at once when it is left. By itself it would not hear of it at all before its first value, and
 * while it waits for one, only after that.
 */
export function leavable<T>(
  values: AsyncGenerator<T, void, undefined>,
  leave: () => Promise<void>,
): AsyncGenerator<T, void, undefined> {
  const end = values.return.bind(values);
  const fail = values.throw.bind(values);
  return Object.assign(values, {
    return: async () => {
      await leave().finally(() => end());
      return end();
    },
    throw: async (error: unknown) => {
      await leave().finally(() => end());
      return fail(error);
    },
  });
}
