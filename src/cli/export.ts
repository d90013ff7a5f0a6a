/** `vidrec export`: prints posts, users or events as NDJSON that `vidrec import` reads. */
import { existsSync } from "node:fs";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { pathsOf } from "../app/paths.ts";
import { placeForFile } from "../config/values.ts";
import { openServed } from "../data/sqlite/open.ts";
import { exportLines } from "../ingest/files/export-lines.ts";
import type { RowName } from "../ingest/rows/row.ts";
import { CommandError, type Command } from "./command.ts";
import { KIND } from "./import.ts";

export const exportCommand: Command = {
  name: "export",
  summary: "print posts, users or events that stand, as NDJSON for `vidrec import`",
  migrates: true,
  args: [
    KIND,
    { syntax: "[file]", help: "where to write instead of printing", parse: placeForFile },
  ],
  run: async ({ config, print, args }) => {
    const [kind, path] = args as [RowName, string?];
    const { storePath, folder } = pathsOf(config);
    if (!existsSync(storePath))
      throw new CommandError(
        `there is nothing in ${folder} yet: \`vidrec import\` or \`vidrec serve\` fills it`,
      );
    using store = openServed(storePath, () => true);
    const all = exportLines(kind, store);
    if (path === undefined) {
      for await (const { text } of all) if (!(await written(text))) break;
      return 0;
    }
    const rows = await writeFile(path, all);
    const stored = kind === "events" ? await store.events.count() : rows;
    const why = ` that hold, of ${stored} that were stored: others were taken back or replaced by later ones`;
    print(`${path}: ${rows} ${kind}${rows < stored ? why : ""}`);
    return 0;
  },
};

type Lines = ReturnType<typeof exportLines>;

async function writeFile(path: string, all: Lines): Promise<number> {
  const place = await realpath(path).catch(() => path);
  const about = await stat(place).catch(() => undefined);
  const work = about === undefined || about.isFile() ? replaced(place, all) : filled(place, all);
  return work.catch((cause: Error) => {
    throw new CommandError(`${path} can't be written: ${cause.message}`);
  });
}

/** Writes the file under another name first: a part of an export is not taken for one. */
async function replaced(path: string, all: Lines): Promise<number> {
  const unfinished = `${path}.new`;
  try {
    const rows = await filled(unfinished, all, true);
    await rename(unfinished, path);
    return rows;
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => {}); // the cause says more
    throw cause;
  }
}

/** Writes into what is there: a device or a pipe is never replaced. */
async function filled(path: string, all: Lines, isFile = false): Promise<number> {
  let rows = 0;
  await using file = await open(path, "w", 0o600);
  for await (const it of all) {
    await file.writeFile(it.text);
    rows += it.rows;
  }
  if (isFile) await file.sync(); // devices refuse it
  return rows;
}

/** Writes to standard output; false if its reader has closed it, as `head` does. */
function written(text: string): Promise<boolean> {
  return new Promise((resolve, reject) =>
    process.stdout.write(text, (cause?: (Error & { code?: string }) | null) => {
      if (cause && cause.code !== "EPIPE") reject(cause);
      else resolve(!cause);
    }),
  );
}
