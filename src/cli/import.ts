/** `vidrec import`: reads posts, users and events from files into the catalogue that `vidrec serve` serves. */
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { importPathsOf, type Paths } from "../app/paths.ts";
import type { Console } from "../app/compose.ts";
import { oneOf, parser, weightsIn } from "../config/values.ts";
import { ADDED_FROM, knowSignals } from "../domain/known-signals.ts";
import { openLease, openStoreToFill, type StoreFile } from "../data/sqlite/open.ts";
import { storeTrouble } from "../data/trouble.ts";
import type { FileRows } from "../ingest/files/file-rows.ts";
import { importFile, type Imported, type ImportOptions } from "../ingest/files/import-file.ts";
import { PRESETS } from "../ingest/files/presets/presets.ts";
import { refusedPath } from "../ingest/files/refused.ts";
import { rowsAWrite, storeSink } from "../ingest/files/store-sink.ts";
import { ROWS } from "../ingest/rows/fields.ts";
import type { RowName } from "../ingest/rows/row.ts";
import { jsonRow } from "../ingest/rows/stored.ts";
import { nameOf } from "../training/jobs/protocol.ts";
import { CommandError, UsageError, type Command, type Context } from "./command.ts";
import { oneLine } from "./printable.ts";

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
      help: "columns of fields, such as id=videoId,kind=view; others are guessed by their names",
      parse: parser("field=column, separated by commas", (text) =>
        /^\s*\w+\s*=[^,=]*(?:,\s*\w+\s*=[^,=]*)*$/.test(text) ? text : undefined,
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
    if (options["map"] !== undefined && options["preset"] !== undefined)
      throw new UsageError("--map and --preset: a preset knows its columns, so take one of them");
    const signals = weightsIn(config.SIGNALS);
    if (options["dryRun"] === true) {
      knowWanted(signals);
      const good = await importAll(context, kind, files, undefined);
      print("nothing is stored: leave --dry-run out to import");
      return good ? 0 : 1;
    }
    const paths = importPathsOf(config);
    using store = openStoreToFill(paths.storePath, signals);
    if (paths.upstream.kind === "none") await store.meta.claimFor(nameOf(paths.upstream));
    const good = await importAll(context, kind, files, { store, paths }).catch((cause: unknown) => {
      if (!(cause instanceof Error) || cause.name !== "SQLiteError") throw cause;
      throw new CommandError(`${storeTrouble(cause, paths.storePath)}; ${GO_ON}`);
    });
    print(await whatNext(store, paths));
    return good ? 0 : 1;
  },
};

/** Makes kinds that the setting adds known where no store is opened. */
function knowWanted(signals: Readonly<Record<string, number>>): void {
  const added = Object.entries(signals);
  knowSignals(added.map(([name, weight], n) => ({ code: ADDED_FROM + n, name, weight })));
}

const GO_ON = "what was read is stored: run the same command again to go on from there";

type Target = { readonly store: StoreFile; readonly paths: Paths };

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
  const { map, preset } = options as { map?: string; preset?: keyof typeof PRESETS };
  return {
    nowMs: receivedAtMs,
    ...(map !== undefined && { map }),
    ...(preset !== undefined && { preset }),
    ...(target && {
      sink: storeSink(kind, target.store, { receivedAtMs, happenedAtMs }),
      into: (await target.store.mark())?.identity ?? "",
    }),
    rowsAWrite: rowsAWrite(kind, target !== undefined && (await isAlone(target.paths))),
    notePath: target === undefined ? "" : notePathOf(target.paths, file),
    onOpen: (it) => print(mappingLines(file, it)),
    onProgress: progressOf(out, file),
  };
}

/** Whether no service uses the store. */
async function isAlone({ leasePath }: Paths): Promise<boolean> {
  const holder = await openLease(leasePath).holder().catch(String);
  return holder === undefined;
}

/** Path of what is noted of an interrupted import of `file`. */
function notePathOf({ folder }: Paths, file: string): string {
  const notes = join(folder, "imports");
  mkdirSync(notes, { recursive: true });
  return join(notes, `${createHash("sha256").update(resolve(file)).digest("hex")}.json`);
}

const BYTES_A_MB = 1e6;

function progressOf({ progress }: Console, file: string) {
  return (readBytes: number, sizeBytes: number) => {
    const isDone = readBytes >= sizeBytes;
    const total = Math.ceil(sizeBytes / BYTES_A_MB);
    progress(
      `${basename(file)}: MB`,
      isDone ? total : Math.min(total - 1, Math.floor(readBytes / BYTES_A_MB)),
      total,
    );
  };
}

function mappingLines(file: string, { format, about }: FileRows<RowName>): string {
  return [`${oneLine(file)} (${format}):`, ...about.map((it) => `  ${oneLine(it)}`)].join("\n");
}

/** Kinds of refusals that are shown. */
const REASONS_SHOWN = 5;

/** Prints what became of a file; false if too many of its rows can't be taken. */
function report(
  { print, options }: Context,
  kind: RowName,
  file: string,
  { taken, changed, refused, first, reasons }: Imported<RowName>,
  isDry: boolean,
): boolean {
  if (isDry) for (const row of first) print(`  ${JSON.stringify(jsonRow(kind, row))}`);
  const stored = isDry ? "" : `, ${changed} new${kind === "events" ? "" : " or changed"}`;
  const place = isDry || refused === 0 ? "" : ` (all in ${oneLine(refusedPath(file))})`;
  print(`${oneLine(file)}: ${taken} ${kind}${stored}, ${refused} rows refused${place}`);
  for (const it of reasons.slice(0, REASONS_SHOWN))
    print(`  ${it.count} like row ${it.row}: ${oneLine(`${it.field} ${it.detail}`.trim())}`);
  const max = options["maxRefused"] as number;
  const isGood = (100 * refused) / Math.max(1, taken + refused) <= max;
  if (!isGood) print(`  more than ${max} % of the rows are refused: --max-refused allows more`);
  return isGood;
}

async function whatNext(store: StoreFile, { folder, catalogue }: Paths): Promise<string> {
  const [posts, events] = [await store.posts.count(), await store.events.count()];
  const held = `${folder} holds ${posts} posts and ${events} events`;
  if (posts === 0) return `${held}. Next: \`vidrec import posts FILE\``;
  const setting = catalogue === "demo" ? "CATALOGUE=demo " : "";
  return `${held}. Next: \`${setting}vidrec serve\` learns and serves them`;
}
