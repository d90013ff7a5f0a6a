/** Secret of the dashboard's sessions: random bytes in a file that only vidrec's own user may read. */
import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/** Length of the secret, bytes: as long as the SHA-256 that it keys. */
const SECRET_BYTES = 32;

/** Reads the secret of a file once, at its first use; makes the file if there is none. All processes get the same. */
export function secretIn(path: string): () => Buffer {
  let secret: Buffer | undefined;
  return () => (secret ??= existsSync(path) ? readFileSync(path) : newSecret(path));
}

/** A link is made whole or not at all: of processes that make the file at once, all read the first one's. */
function newSecret(path: string): Buffer {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, randomBytes(SECRET_BYTES), { mode: 0o600 });
  try {
    linkSync(unfinished, path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
  } finally {
    rmSync(unfinished);
  }
  return readFileSync(path);
}
