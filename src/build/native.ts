/** Loads native add-ons that are embedded in the compiled program. Only edits.ts refers to it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A native library can't be loaded; the message says which, from where, and what to set. */
export class NativeError extends Error {
  override readonly name = "NativeError";
}

/** File name → path of its embedded content. */
type EmbeddedFiles = Readonly<Record<string, string>>;

/**
 * Loads an add-on. The system's linker reads only real files, so the embedded ones are copied to a
 * temporary folder, loaded, and deleted: their mapping stays.
 *
 * @param addon  File name of the add-on.
 * @param files  The add-on and the libraries that it loads.
 * @param parent  Parent of the temporary folder, writable and executable.
 * @throws NativeError
 */
export function loadAddon(addon: string, files: EmbeddedFiles, parent = tmpdir()): unknown {
  const folder = copy(addon, files, parent);
  try {
    const holder: { exports: unknown } = { exports: {} };
    process.dlopen(holder, join(folder, addon));
    return holder.exports;
  } catch (cause) {
    throw new NativeError(
      `cannot load ${addon} from ${parent} (${reason(cause)}): if that folder is mounted noexec, set TMPDIR to one that can be executed`,
      { cause },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copy(addon: string, files: EmbeddedFiles, parent: string): string {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(parent, "vidrec-"));
    for (const [name, path] of Object.entries(files))
      writeFileSync(join(folder, name), readFileSync(path));
    return folder;
  } catch (cause) {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    throw new NativeError(
      `cannot copy ${addon} to ${parent} (${reason(cause)}): set TMPDIR to a folder that exists, can be written and has 50 MB free`,
      { cause },
    );
  }
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
