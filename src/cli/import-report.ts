/** Output of `vidrec import`: columns, progress, the outcome of each file, the next step. */
import { basename } from "node:path";
import pluralize from "pluralize";
import type { Console } from "../app/compose.ts";
import type { FileRows } from "../ingest/files/file-rows.ts";
import type { Imported } from "../ingest/files/import-file.ts";
import { refusedPath } from "../ingest/files/refused.ts";
import type { RowName } from "../ingest/rows/row.ts";
import { jsonRow } from "../ingest/rows/stored.ts";
import type { Context } from "./command.ts";
import type { Target } from "./import-target.ts";
import { oneLine } from "./printable.ts";

const BYTES_A_MB = 1e6;

/** Shows how much of `file` is read. */
export function progressOf({ progress }: Console, file: string) {
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

/** The mapping of columns to the fields of `file`, a line each. */
export function mappingLines(file: string, { format, about }: FileRows<RowName>): string {
  return [`${oneLine(file)} (${format}):`, ...about.map((it) => `  ${oneLine(it)}`)].join("\n");
}

/** Kinds of refusals that are shown. */
const REASONS_SHOWN = 5;

/** Prints what became of a file; false if too many of its rows can't be taken. */
export function report(
  { print, options }: Context,
  kind: RowName,
  file: string,
  { taken, changed, refused, first, reasons, doubts }: Imported<RowName>,
  isDry: boolean,
): boolean {
  if (isDry) for (const row of first) print(`  ${JSON.stringify(jsonRow(kind, row))}`);
  const old = changed < taken ? `, ${taken - changed} known already` : "";
  const stored = isDry ? "" : `, ${changed} new${kind === "events" ? "" : " or changed"}${old}`;
  const place = isDry || refused === 0 ? "" : ` (all in ${oneLine(refusedPath(file))})`;
  print(
    `${oneLine(file)}: ${pluralize(kind, taken, true)}${stored}, ${pluralize("row", refused, true)} refused${place}`,
  );
  for (const it of reasons.slice(0, REASONS_SHOWN))
    print(
      `  ${it.count} like row ${it.row}: ${oneLine(it.field === "" ? it.detail : `${it.field}: ${it.detail}`)}`,
    );
  const words = reasons
    .flatMap((it) => (it.field === "kind" ? [...it.got] : []))
    .filter((it) => it !== '""'); // an empty cell is no word
  if (words.length > 0)
    print(`  --kinds WORD=view says which kind is meant by ${oneLine(words.join(", "))}`);
  for (const doubt of doubts) print(`  WARNING: ${doubt}`);
  const max = options["maxRefused"] as number;
  const isGood = (100 * refused) / Math.max(1, taken + refused) <= max;
  if (!isGood) print(`  more than ${max} % of the rows are refused: --max-refused allows more`);
  return isGood;
}

/** Counts of the target's store, and the next step, if no service takes it. */
export async function whatNext({ store, paths, isAlone }: Target): Promise<string> {
  const { posts, events } = store() ?? {};
  if (posts === undefined || events === undefined) return "nothing is stored";
  const [known, lost] = [await posts.count(), await events.countWithoutPost()];
  const held = `${paths.folder} holds ${pluralize("post", known, true)} and ${pluralize("event", await events.count(), true)}`;
  if (known === 0) return `${held}. Next: \`vidrec import posts FILE\``;
  const without = lost === 0 ? "" : `; ${lost} of these for posts that are not there`;
  if (!(await isAlone()))
    return `${held}${without}. A running \`vidrec serve\` learns them by itself`;
  const setting = paths.catalogue === "demo" ? "CATALOGUE=demo " : "";
  return `${held}${without}. Next: \`${setting}vidrec serve\` learns and serves them`;
}
