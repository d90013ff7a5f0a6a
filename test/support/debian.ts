/** A bare Debian 12, as the base of the image has it, to change root into. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Kept for the next run: fetching it takes a minute. */
const ARCHIVE = join(tmpdir(), `vidrec-debian-12-${process.arch}.tar`);
/** Paths that the slim image leaves out, too; none is a library. */
const NOT_SLIM = ["usr/share/doc", "usr/share/man", "usr/share/locale", "var/cache", "var/lib/apt"];
const NEEDED = ["debootstrap", "chroot", "unshare", "tar"];

/**
 * Fetch Debian's base with debootstrap, unless an earlier run did.
 *
 * @returns why there is none; `undefined` if there is.
 */
export async function debianAbsence(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    return "only root on Linux may change the root folder";
  const missing = NEEDED.filter((it) => Bun.which(it) === null);
  if (missing.length > 0) return `there is no ${missing.join(", ")} (apt-get install debootstrap)`;
  // Whatever somebody else may have put there is not run as root.
  if (existsSync(ARCHIVE) && statSync(ARCHIVE).uid === 0) return undefined;
  console.log("fetching Debian 12 with debootstrap, once");
  const folder = mkdtempSync(join(tmpdir(), "vidrec-debian-"));
  try {
    return await fetchDebian(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fetchDebian(folder: string): Promise<string | undefined> {
  const root = join(folder, "root");
  const fetched = await Bun.$`debootstrap --variant=minbase bookworm ${root}`.nothrow().quiet();
  if (fetched.exitCode !== 0)
    return `debootstrap failed: ${fetched.stdout.toString().trim().split("\n").at(-1)}`;
  const left = NOT_SLIM.map((it) => `--exclude=./${it}/*`);
  await Bun.$`tar --create --file=${folder}/tar --numeric-owner ${left} --directory=${root} .`.quiet();
  renameSync(join(folder, "tar"), ARCHIVE);
  return undefined;
}

/** Unpack it into a new folder. */
export async function unpackDebian(root: string): Promise<void> {
  mkdirSync(root);
  await Bun.$`tar --extract --file=${ARCHIVE} --numeric-owner --preserve-permissions --directory=${root}`.quiet();
}
