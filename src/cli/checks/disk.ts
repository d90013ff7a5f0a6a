/** Checks of the disk: writable folders, free space. */
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail, ok, warn, type Check, type Finding } from "./finding.ts";

const MB = 1_000_000;
/** Free space below which a sync or a snapshot may not fit. */
const LITTLE_BYTES = 1_000 * MB;
const TOO_LITTLE_BYTES = 100 * MB;
/** Space that the encoder's libraries take in TMPDIR while they load. */
const LIBRARIES_BYTES = 50 * MB;

/** Checks the data folder. */
export const dataFolder: Check = {
  part: "folder",
  run: async ({ paths: { folder } }) => {
    try {
      mkdirSync(folder, { recursive: true });
      rmSync(mkdtempSync(join(folder, ".doctor-")), { recursive: true });
    } catch (cause) {
      const what = `${folder} cannot be written (${messageOf(cause)})`;
      return [fail("folder", `${what}: set DATA_DIR to one that vidrec may write to`)];
    }
    return [ok("folder", `${folder} can be written`), space(folder)];
  },
};

function space(folder: string): Finding {
  const free = freeBytes(folder);
  const message = `${Math.floor(free / MB)} MB free in ${folder}`;
  if (free >= LITTLE_BYTES) return ok("disk", message);
  const finding = free < TOO_LITTLE_BYTES ? fail : warn;
  return finding("disk", `${message}: make room, or set DATA_DIR to a larger disk`);
}

/** Checks TMPDIR, from which the single-file program loads the encoder's libraries. */
export const temporaryFolder: Check = {
  part: "tmpdir",
  run: async () => {
    const parent = tmpdir();
    const failure = (what: string) => [
      fail(
        "tmpdir",
        `${parent} ${what}: set TMPDIR to a folder that can be written and executed (not mounted noexec), with 50 MB free`,
      ),
    ];
    let folder: string | undefined;
    try {
      folder = mkdtempSync(join(parent, "vidrec-doctor-"));
      const file = join(folder, "program");
      writeFileSync(file, "", { mode: 0o700 });
      accessSync(file, constants.X_OK); // also refused where the mount is noexec
    } catch (cause) {
      const what = folder === undefined ? "cannot be written" : "cannot be executed";
      return failure(`${what} (${messageOf(cause)})`);
    } finally {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    }
    if (freeBytes(parent) < LIBRARIES_BYTES) return failure("is full");
    return [ok("tmpdir", `${parent} can be written and executed`)];
  },
};

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
