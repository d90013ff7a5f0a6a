/** Writes a snapshot to a folder aside, syncs and renames it: after a kill at any moment, the previous one is intact. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { atOnce } from "../runtime/time-slicing.ts";
import type { Column, Element } from "./columns.ts";
import { columnsOf } from "./files.ts";
import { checkManifestFinite, checkFinite } from "./finite.ts";
import {
  checksumOf,
  FORMAT,
  INDEX_FILE,
  isSnapshotId,
  POINTER,
  manifestText,
  type ColumnFile,
  type Manifest,
  type Source,
} from "./manifest.ts";
import type { Model } from "./model.ts";
import { currentId, isThere } from "./open.ts";

/** Number of snapshots that are kept, the newest included: the previous one still serves the next pages of its sessions. */
const KEPT = 2;
const UNFINISHED = ".unfinished";
type Pad = (name: string, column: Column) => Column;
const NO_SOURCE: Source = { learntFrom: "", store: undefined };

/**
 * Writes `model` under `folder` and makes it the current one.
 *
 * The pointer file `current` holds the id of the newest snapshot; it is replaced last, atomically.
 *
 * @param writtenAtMs  Wall clock; ids ascend with it.
 * @param writeIndex  Writes a search index of the embeddings to a path.
 * @param pad  Adds spare rows to a column; one at a time, since all columns are gigabytes.
 * @param kept  Number of snapshots that stay, this one included.
 * @returns the snapshot's id.
 * @throws SnapshotError if a number of the model is not finite. After any exception, no file is left behind.
 */
export function writeSnapshot(
  folder: string,
  model: Model,
  version: string,
  writtenAtMs: number,
  source: Source = NO_SOURCE,
  writeIndex?: (path: string) => void,
  pad: Pad = (_, column) => column,
  kept = KEPT,
): string {
  const columns = columnsOf(model);
  for (const [name, column] of columns) atOnce(checkFinite(name, column));
  const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
  if (isNew) sync(dirname(folder));
  removeUnfinished(folder);
  const id = freeId(folder, writtenAtMs);
  const parts = Object.fromEntries(Object.entries(model.parts).map(([name, { info }]) => [name, info])); // prettier-ignore
  const about = { id, version, writtenAtMs, source, info: model.info, parts };
  checkManifestFinite(about);
  try {
    writeFiles(join(folder, id + UNFINISHED), columns, about, pad, writeIndex);
    renameSync(join(folder, id + UNFINISHED), join(folder, id));
    sync(folder);
    pointTo(folder, id);
  } catch (cause) {
    if (currentId(folder) !== id) rmSync(join(folder, id), { recursive: true, force: true });
    removeUnfinished(folder); // frees its space on a full disk
    throw cause;
  }
  removeOld(folder, id, kept);
  return id;
}

/**
 * Repairs a pointer that names no existing snapshot; on a read-only disk it stays as it is. A writer of a
 * new snapshot at the same time wins.
 */
export function repairPointer(folder: string, id: string): void {
  const before = currentId(folder);
  if (isThere(folder, before)) return;
  try {
    pointTo(folder, id, `.${process.pid}`);
  } catch {
    // Readers find the newest snapshot without it.
  }
}

function writeFiles(
  aside: string,
  columns: ReadonlyMap<string, Column>,
  about: Omit<Manifest, "kind" | "format" | "files">,
  pad: Pad,
  writeIndex: ((path: string) => void) | undefined,
): void {
  mkdirSync(aside);
  const files: Record<string, ColumnFile> = {};
  for (const [name, dense] of columns) {
    const column = pad(name, dense);
    sync(join(aside, name), bytesOf(column));
    files[name] = fileOf(column);
  }
  if (writeIndex) {
    const path = join(aside, INDEX_FILE);
    writeIndex(path);
    sync(path);
    files[INDEX_FILE] = fileOf(Bun.mmap(path, { shared: false }));
  }
  const manifest: Manifest = { kind: "vidrec snapshot", format: FORMAT, ...about, files };
  sync(join(aside, "manifest.json"), manifestText(manifest));
  sync(aside);
}

function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder).filter((it) => it.endsWith(UNFINISHED)))
    rmSync(join(folder, name), { recursive: true, force: true });
}

/** An unused id: the time, so that ids sort, with a number if two are written in one millisecond. */
function freeId(folder: string, writtenAtMs: number): string {
  const taken = new Set(readdirSync(folder));
  const time = new Date(writtenAtMs).toISOString().replace(/[-:.]/g, "");
  let id = time;
  for (let n = 1; taken.has(id); n++) id = `${time}-${n}`;
  return id;
}

function pointTo(folder: string, id: string, by = ""): void {
  const aside = join(folder, POINTER + by + UNFINISHED);
  sync(aside, id);
  renameSync(aside, join(folder, POINTER));
  sync(folder);
}

/**
 * Removes all snapshots but the newest, first those that a wrong clock has dated after the current one.
 * Other files in the folder stay.
 */
function removeOld(folder: string, current: string, kept: number): void {
  const others = readdirSync(folder).filter((it) => isSnapshotId(it) && it !== current);
  const isAhead = (id: string) => Number(id > current);
  const oldestFirst = others.sort().sort((a, b) => isAhead(b) - isAhead(a));
  for (const id of oldestFirst.slice(0, oldestFirst.length + 1 - kept))
    rmSync(join(folder, id), { recursive: true });
}

function fileOf(column: Column): ColumnFile {
  return {
    element: column.constructor.name as Element,
    length: column.length,
    xxh3: atOnce(checksumOf(bytesOf(column))),
  };
}

function bytesOf(column: Column): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

/** Writes a file and syncs it to disk; without content, syncs an existing file, or a folder with new entries. */
function sync(path: string, content?: string | Uint8Array): void {
  const file = openSync(path, content === undefined ? "r" : "w");
  try {
    if (content !== undefined) writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
