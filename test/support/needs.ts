/** Tests that need more than Bun: they are left out with the reason, or fail where none may be. */

/**
 * True if tests are to be left out; says so, and why.
 *
 * @param what  Such as "the browser tests".
 * @param why  In plain words, with what to do; `undefined` if nothing is missing.
 * @throws Error instead, if NO_SKIPS is set, as it is by .ci/run.
 */
export function leaveOut(what: string, why: string | undefined): boolean {
  if (why === undefined) return false;
  if (process.env["NO_SKIPS"]) throw new Error(`${what} may not be left out here, but ${why}`);
  console.log(`skipped: ${what}, since ${why}`);
  return true;
}
