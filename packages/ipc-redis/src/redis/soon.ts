import { realTime } from '@proc/core/internal';

/** What is done on leaving may take this long, and no longer, in milliseconds. */
const LEAVING = 1000;

/** Waits for something that is of use only while Redis answers. Never rejects. */
export async function soon(promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = realTime.setTimeout(resolve, LEAVING);
  });
  await Promise.race([promise.catch(() => undefined), late]);
  realTime.clearTimeout(timer);
}
