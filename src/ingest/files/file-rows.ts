/** A file as checked rows and refused ones, a batch at a time: opened, mapped or read by a preset, validated. */
import type { Readable } from "node:stream";
import { Refusal } from "../rows/refusal.ts";
import { readRow, type Row, type RowName } from "../rows/row.ts";
import { FileError, type Columns, type RawRow } from "./contract.ts";
import { kindWords } from "./kind-words.ts";
import { describeMapping, isIdentity, mapColumns, rowMapper } from "./mapping.ts";
import { openRows, type RowFile } from "./open.ts";
import { PRESETS } from "./presets/presets.ts";
import type { Preset, ToRows } from "./presets/preset.ts";

/** Options of reading a file. */
export type FileOptions = {
  readonly stdin?: Readable;
  /** The present, Unix milliseconds. */
  readonly nowMs: number;
  /** "field=column,…" for columns that are not guessed: see {@link mapColumns}. */
  readonly map?: string;
  /** Meanings of words for kinds: see {@link kindWords}. */
  readonly kinds?: string;
  /** Instead of a mapping. */
  readonly preset?: keyof typeof PRESETS;
  /** Rows up to this one are left out: see {@link RawRow.row}. */
  readonly after?: number;
};

/** A file as rows. */
export type FileRows<N extends RowName> = Pick<RowFile, "format" | "sizeBytes" | "readBytes"> & {
  /** The mapping of columns to fields, a line each. */
  readonly about: readonly string[];
  readonly batches: AsyncIterable<Batch<N>>;
};

/** Some rows of a file. */
export type Batch<N extends RowName> = {
  readonly rows: readonly Row<N>[];
  readonly refused: readonly RefusedRow[];
  /** The last row that was read for it, from which a later run may go on. */
  readonly last: number;
};

/** A row of a file that was not taken. */
export type RefusedRow = {
  readonly row: number;
  readonly field: string;
  readonly detail: string;
  /** As the file has it; absent where it can't be read. */
  readonly values?: Columns;
};

/** Most rows of a file in a batch: as many as a write of posts takes. */
const BATCH_ROWS = 500;

/**
 * Opens a file that holds rows of `kind`.
 *
 * @throws FileError now or while batches are read.
 */
export async function openFileRows<N extends RowName>(
  path: string,
  kind: N,
  options: FileOptions,
): Promise<FileRows<N>> {
  const preset: Preset | undefined = options.preset && PRESETS[options.preset];
  const file = await openRows(path, { kind, ...preset?.formatOf?.(path) }, options.stdin);
  const all = file.rows[Symbol.asyncIterator]();
  const first = await firstRows(path, all);
  const sample = first.flatMap((it) => ("fields" in it ? [it.fields] : []));
  const { about, ...reader } =
    preset && first.length > 0
      ? await presetReader(path, kind, preset, sample)
      : mappedReader(path, kind, sample, options, file.format.endsWith("JSON"));
  const batches = batchesOf(kind, withFirst(first, all), reader, options);
  const { format, sizeBytes, readBytes } = file;
  return { format, sizeBytes, readBytes, about, batches };
}

/** Rows that can't be read at the beginning of a file, after which it is given up. */
const FAULTS_MAX = 10_000;

/** Rows up to the first that can be read: columns are known from there on. None of a file that has none. */
async function firstRows(path: string, all: AsyncIterator<readonly RawRow[]>): Promise<RawRow[]> {
  const first: RawRow[] = [];
  while (!first.some((it) => "fields" in it)) {
    const { value, done } = await all.next();
    if (!done && first.length < FAULTS_MAX) {
      for (const it of value) first.push(it); // a row group of Parquet may have more rows than a call takes arguments
      continue;
    }
    await all.return?.();
    const broken = first[0];
    if (broken === undefined || !("fault" in broken)) return [];
    throw new FileError(`${path} has no row that can be read: row ${broken.row}: ${broken.fault}`);
  }
  return first;
}

async function* withFirst<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield first;
    for (;;) {
      const { value, done } = await rest.next();
      if (done) return;
      yield value;
    }
  } finally {
    await rest.return?.();
  }
}

type Reader = {
  readonly toRows: ToRows;
  /** Rows are taken as they are if they can be: as an app would send them. */
  readonly isForApi?: boolean;
};
type Told = Reader & { readonly about: readonly string[] };

async function presetReader(
  path: string,
  kind: RowName,
  preset: Preset,
  sample: readonly Columns[],
): Promise<Told> {
  const columns = new Set(sample.flatMap((it) => Object.keys(it)));
  const toRows = await preset.toRows(kind, columns, path);
  if (toRows !== undefined) return { toRows, about: [preset.about] };
  throw new FileError(
    `${path} holds no ${kind} that this preset knows (${preset.about}); its columns are ${[...columns].join(", ")}`,
  );
}

function mappedReader(
  path: string,
  kind: RowName,
  sample: readonly Columns[],
  { map, kinds }: FileOptions,
  isJson: boolean,
): Told {
  if (sample.length === 0) return { toRows: () => [], about: ["no rows"] };
  const mapping = mapColumns(path, kind, sample, map);
  const toRow = rowMapper(kind, mapping, kindWords(kinds));
  return {
    toRows: (columns) => [toRow(columns)],
    isForApi: isJson && kinds === undefined && isIdentity(mapping),
    about: describeMapping(kind, mapping),
  };
}

async function* batchesOf<N extends RowName>(
  kind: N,
  all: AsyncIterable<readonly RawRow[]>,
  reader: Reader,
  { nowMs, after = 0 }: FileOptions,
): AsyncGenerator<Batch<N>> {
  for await (const raw of all)
    for (let from = 0; from < raw.length; from += BATCH_ROWS) {
      const some = raw.slice(from, from + BATCH_ROWS);
      const last = some.at(-1)!.row;
      if (last > after)
        yield batchOf(
          kind,
          some.filter((it) => it.row > after),
          reader,
          nowMs,
        );
    }
}

function batchOf<N extends RowName>(
  kind: N,
  raw: readonly RawRow[],
  { toRows, isForApi }: Reader,
  nowMs: number,
): Batch<N> {
  const rows: Row<N>[] = [];
  const refused: RefusedRow[] = [];
  for (const it of raw) {
    if ("fault" in it) {
      refused.push({ row: it.row, field: "", detail: it.fault });
      continue;
    }
    const asIs = isForApi ? readRow(kind, it.fields, nowMs) : undefined;
    if (asIs !== undefined && !(asIs instanceof Refusal)) {
      rows.push(asIs);
      continue;
    }
    for (const value of toRows(it.fields)) {
      const row = readRow(kind, value, nowMs);
      if (row instanceof Refusal)
        refused.push({ row: it.row, field: row.field, detail: row.detail, values: it.fields });
      else rows.push(row);
    }
  }
  return { rows, refused, last: raw.at(-1)!.row };
}
