/** Access rights of the data folder: only its owner may read what people did and wrote. */
import { chmodSync, lstatSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Rights of the group and of everybody else. */
const OTHERS = 0o077;
/** Marks folders that many share, as /tmp is. */
const STICKY = 0o1000;
/** Names of vidrec's own files in its data folder; other files are left alone. */
const OURS = /^(?:(?:store|served|lock)\.db.*|snapshots|models|demo|own|imports)$/;

/**
 * Removes the rights of group and others from `folder` and from vidrec's files in it. Files of this
 * process have none, by its umask; files of an older build or another tool may.
 */
export function keepPrivate(folder: string): void {
  quietly(() => {
    const path = resolve(folder);
    const { mode } = statSync(path);
    if ((mode & STICKY) === 0 && path !== dirname(path)) close(path, mode);
    for (const name of readdirSync(path)) if (OURS.test(name)) closeAll(join(path, name));
  });
}

function closeAll(path: string): void {
  quietly(() => {
    const it = lstatSync(path);
    if (it.isSymbolicLink()) return;
    close(path, it.mode);
    if (it.isDirectory()) for (const name of readdirSync(path)) closeAll(join(path, name));
  });
}

function close(path: string, mode: number): void {
  if ((mode & OTHERS) !== 0) chmodSync(path, mode & 0o777 & ~OTHERS);
}

/** Ignores failures of the file system: a file may be gone, or belong to another user. */
function quietly(work: () => void): void {
  try {
    work();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
  }
}
