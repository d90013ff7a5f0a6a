/** `vidrec import`: reads posts, users and events from files into the catalogue that `vidrec serve` serves. */
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Paths } from "../app/paths.ts";
import { oneOf, parser } from "../config/values.ts";
import { storeTrouble } from "../data/trouble.ts";
import { importFile, type ImportOptions } from "../ingest/files/import-file.ts";
import { PRESETS } from "../ingest/files/presets/presets.ts";
import { rowsAWrite, storeSink } from "../ingest/files/store-sink.ts";
import { ROWS } from "../ingest/rows/fields.ts";
import type { RowName } from "../ingest/rows/row.ts";
import { CommandError, UsageError, type Command, type Context } from "./command.ts";
import { mappingLines, progressOf, report, whatNext } from "./import-report.ts";
import { knowWanted, openTarget, type Target } from "./import-target.ts";

/** The argument that names a kind of row. */
export const KIND = {
  syntax: "<kind>",
  help: Object.keys(ROWS).join(", "),
  parse: oneOf(Object.keys(ROWS)),
};

/** The command. */
export const importCommand: Command = {
  name: "import",
  summary: "read posts, users or events from CSV, TSV, JSON, NDJSON or Parquet files, also gzipped",
  migrates: true,
  args: [
    KIND,
    {
      syntax: "<file...>",
      help: "the files; - is standard input",
      parse: parser("a path, or - for standard input", (text) => text || undefined),
    },
  ],
  options: [
    {
      syntax: "--map <fields>",
      help: "columns of fields, such as id=videoId,kind=view,watched_ms=seconds*1000,value=; others are guessed by their names",
      parse: parser("field=column, separated by commas", (text) =>
        /^\s*\w+\s*=[^,=]*(?:,\s*\w+\s*=[^,=]*)*$/.test(text) ? text : undefined,
      ),
    },
    {
      syntax: "--kinds <words>",
      help: "kinds that the file has other words for, such as watched=view,thumbs_up=like",
      parse: parser("word=kind, separated by commas", (text) =>
        /^[^=,]+=[^=,]+(?:,[^=,]+=[^=,]+)*$/.test(text) ? text : undefined,
      ),
    },
    {
      syntax: "--preset <name>",
      help: "the files are those of a known data set or program",
      choices: Object.keys(PRESETS),
    },
    { syntax: "--dry-run", help: "store nothing: show columns, rows, and what would be refused" },
    {
      syntax: "--max-refused <percent>",
      help: "end with 1 if more rows of a file can't be taken",
      fallback: 1,
      limits: { min: 0, max: 100 },
    },
  ],
  run: async (context) => {
    const { config, print, args, options } = context;
    const [kind, ...files] = args as [RowName, ...string[]];
    const { map, kinds, preset, dryRun } = options;
    if ((map ?? kinds) !== undefined && preset !== undefined)
      throw new UsageError("--map, --kinds and --preset: a preset knows both, so take it alone");
    if (kinds !== undefined && kind !== "events")
      throw new UsageError(`--kinds: ${kind} have no kinds, events do`);
    if (dryRun === true) {
      knowWanted(config);
      const good = await importAll(context, kind, files, undefined);
      print("nothing is stored: leave --dry-run out to import");
      return good ? 0 : 1;
    }
    using target = await openTarget(config);
    const good = await importAll(context, kind, files, target).catch((cause: unknown) => {
      if (!(cause instanceof Error) || cause.name !== "SQLiteError") throw cause;
      throw new CommandError(`${storeTrouble(cause, target.paths.storePath)}; ${GO_ON}`);
    });
    print(await whatNext(target));
    return good ? 0 : 1;
  },
};

const GO_ON = "what was read is stored: run the same command again to go on from there";

/** Imports every file; false if one has too many rows that can't be taken. */
async function importAll(
  context: Context,
  kind: RowName,
  files: readonly string[],
  target: Target | undefined,
): Promise<boolean> {
  let isGood = true;
  for (const file of files) {
    const found = await importFile(file, kind, await optionsFor(context, kind, file, target));
    isGood = report(context, kind, file, found, target === undefined) && isGood;
  }
  return isGood;
}

async function optionsFor(
  { out, print, options }: Context,
  kind: RowName,
  file: string,
  target: Target | undefined,
): Promise<ImportOptions<RowName>> {
  const receivedAtMs = Date.now();
  const changedAtMs = (await stat(file).catch(() => undefined))?.mtimeMs ?? receivedAtMs;
  // A time that stays the same: a row without one is the same row when the file is imported again.
  const happenedAtMs = Math.trunc(Math.min(changedAtMs, receivedAtMs));
  const told = { map: options["map"], kinds: options["kinds"], preset: options["preset"] };
  return {
    nowMs: receivedAtMs,
    ...(told as Pick<ImportOptions<RowName>, "map" | "kinds" | "preset">),
    ...(target && {
      sink: async (rows) =>
        rows.length === 0
          ? 0
          : await storeSink(kind, await target.filled(), { receivedAtMs, happenedAtMs })(rows),
      into: async () => (await target.store()?.mark())?.identity ?? "",
    }),
    rowsAWrite: rowsAWrite(kind, target !== undefined && (await target.isAlone())),
    notePath: target === undefined ? "" : notePathOf(target.paths, kind, file),
    onOpen: (it) => print(mappingLines(file, it)),
    onProgress: progressOf(out, file),
  };
}

/** Path of what is noted of an interrupted import of `file` as rows of a kind. */
function notePathOf({ folder }: Paths, kind: RowName, file: string): string {
  const name = createHash("sha256").update(resolve(file)).digest("hex");
  return join(folder, "imports", `${kind}-${name}.json`);
}
