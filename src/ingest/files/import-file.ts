/**
 * Import of one file: batches go to a sink, refused rows beside the file. What is done is noted, so that a
 * run that was interrupted goes on where it ended.
 */
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Row, RowName } from "../rows/row.ts";
import { openDoubts } from "./doubts.ts";
import { openFileRows, type FileOptions, type FileRows, type RefusedRow } from "./file-rows.ts";
import { openRefused } from "./refused.ts";
import { STDIN } from "./source.ts";

/** Stores rows; resolves, with how many said something new, when they are durable. Rows may come twice. */
export type Sink<N extends RowName> = (rows: readonly Row<N>[]) => Promise<number>;

/** Options of an import. */
export type ImportOptions<N extends RowName> = FileOptions & {
  /** Without one nothing is written: the file is only read. */
  readonly sink?: Sink<N>;
  /** Rows of one durable write. */
  readonly rowsAWrite?: number;
  /** Path of the note of an interrupted import. */
  readonly notePath: string;
  /** Identity of the store that takes the rows: a note of another one is not valid. */
  readonly into?: () => Promise<string>;
  readonly onOpen: (file: FileRows<N>) => void;
  readonly onProgress: (readBytes: number, sizeBytes: number) => void;
};

/** A field and what is wrong with it: the first refused row, the count of all, and what the first few had instead. */
export type Reason = RefusedRow & { count: number; readonly got: Set<string> };

/** Outcome of the import of a file. */
export type Imported<N extends RowName> = {
  /** Rows that were taken, with those of an interrupted run before. */
  readonly taken: number;
  readonly changed: number;
  readonly refused: number;
  /** The first rows of this run. */
  readonly first: readonly Row<N>[];
  /** Reasons of the refusals of this run, the most frequent first. */
  readonly reasons: readonly Reason[];
  /** Doubts about the rows of this run, in words. */
  readonly doubts: readonly string[];
};

/** Progress of an import: counts, the last row and the length of the file of refused rows. */
type Note = { taken: number; changed: number; refused: number; last: number; refusedBytes: number };
const NOTHING: Note = { taken: 0, changed: 0, refused: 0, last: 0, refusedBytes: 0 };

/** Rows shown of a file. */
const SHOWN_ROWS = 10;

/**
 * Imports the file at `path` as rows of `kind`.
 *
 * @throws FileError; what was taken before stays, and is noted.
 */
export async function importFile<N extends RowName>(
  path: string,
  kind: N,
  options: ImportOptions<N>,
): Promise<Imported<N>> {
  const { sink, onOpen, onProgress } = options;
  const notes = sink && (await openNotes(path, kind, options));
  const done = { ...NOTHING, ...notes?.earlier };
  const refused = sink && (await openRefused(path, done.refusedBytes));
  const first: Row<N>[] = [];
  const reasons = new Map<string, Reason>();
  const doubts = openDoubts(kind);
  const file = await openFileRows(path, kind, { ...options, after: done.last });
  onOpen(file);
  try {
    for await (const batch of grouped(file.batches, options.rowsAWrite ?? 1)) {
      done.changed += (await sink?.(batch.rows)) ?? 0;
      done.taken += batch.rows.length;
      done.refused += batch.refused.length;
      done.refusedBytes = (await refused?.write(batch.refused)) ?? 0;
      done.last = batch.last;
      first.push(...batch.rows.slice(0, SHOWN_ROWS - first.length));
      doubts.see(batch.rows);
      for (const it of batch.refused) countReason(reasons, it);
      onProgress(file.readBytes(), file.sizeBytes);
      await notes?.keep(done);
    }
    await notes?.forget();
  } catch (cause) {
    await notes?.keep(done).catch(() => {}); // the disk may be full: the cause says more
    throw cause;
  } finally {
    await refused?.close();
  }
  const sorted = [...reasons.values()].sort((a, b) => b.count - a.count);
  return { ...done, first, reasons: sorted, doubts: doubts.words() };
}

/** Batches joined until each has `rowsMin` rows, refused ones included. */
async function* grouped<N extends RowName>(
  batches: FileRows<N>["batches"],
  rowsMin: number,
): FileRows<N>["batches"] {
  let [rows, refused, last]: [Row<N>[], RefusedRow[], number] = [[], [], 0];
  for await (const batch of batches) {
    for (const it of batch.rows) rows.push(it);
    refused.push(...batch.refused);
    last = batch.last;
    if (rows.length + refused.length < rowsMin) continue;
    yield { rows, refused, last };
    [rows, refused] = [[], []];
  }
  if (rows.length + refused.length > 0) yield { rows, refused, last };
}

/** Most reasons that are told apart. */
const REASONS_MAX = 100;

/** Most values of a reason that are kept: as many words of kinds as somebody translates by hand. */
const GOT_MAX = 20;

function countReason(reasons: Map<string, Reason>, row: RefusedRow): void {
  const [expected, got] = row.detail.split(/, got (.*)/s);
  const name = `${row.field} ${expected}`;
  const reason = reasons.get(name) ?? { ...row, count: 0, got: new Set() };
  reason.count++;
  if (got !== undefined && reason.got.size < GOT_MAX) reason.got.add(got);
  if (reasons.size < REASONS_MAX) reasons.set(name, reason);
}

/** Notes of an import: valid for the same file, read in the same way. */
async function openNotes(path: string, kind: RowName, options: NoteOptions) {
  const { map, kinds, preset, notePath, into } = options;
  if (path === STDIN) return undefined;
  const about = await stat(path).catch(() => undefined);
  if (about?.isFile() === false) return undefined; // a pipe can't be read again
  const keyNow = async () =>
    JSON.stringify([path, about?.size, about?.mtimeMs, kind, map, kinds, preset, await into?.()]);
  const found = await readFile(notePath, "utf8")
    .then((text) => JSON.parse(text) as { key: string; done: Note })
    .catch(() => undefined); // none, or cut short
  return {
    earlier: found?.key === (await keyNow()) ? found.done : undefined,
    keep: async (done: Note) => {
      const note = JSON.stringify({ key: await keyNow(), done });
      await mkdir(dirname(notePath), { recursive: true });
      await writeFile(`${notePath}.new`, note, { mode: 0o600 });
      await rename(`${notePath}.new`, notePath);
    },
    forget: async () => await rm(notePath, { force: true }),
  };
}

type NoteOptions = Pick<ImportOptions<RowName>, "map" | "kinds" | "preset" | "notePath" | "into">;
