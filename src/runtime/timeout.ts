/** Wait for something, but not for ever. */

/** What `promise` gives; `undefined` if it has not after `timeoutMs`. Leaves no timer behind. */
export function within<T>(promise: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(resolve, timeoutMs);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
