/** Write a snapshot: aside, to disk, then renamed; a kill at any moment leaves the previous one. */
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
import { refuseNotFinite, refusingNotFinite } from "./finite.ts";
import {
  checksumOf,
  FORMAT,
  INDEX_FILE,
  isSnapshotId,
  POINTER,
  sealed,
  type ColumnFile,
  type Manifest,
  type Source,
} from "./manifest.ts";
import type { Model } from "./model.ts";
import { currentId, isThere } from "./open.ts";

/** Snapshots kept, the newest included: the one before still answers the next pages of its lists. */
const KEPT = 2;
const UNFINISHED = ".unfinished";
const NO_SOURCE: Source = { learntFrom: "", store: undefined };

/**
 * Write `model` under `folder` and make it the current one.
 *
 * The pointer file `current` holds the id of the newest snapshot; it is replaced last, atomically.
 *
 * @param writtenAtMs  Wall clock; ids ascend with it.
 * @param writeIndex  Writes a search index of the embeddings to a path.
 * @returns the snapshot's id.
 * @throws SnapshotError if a number of the model is not finite. Whatever it throws, nothing is left behind.
 */
export function writeSnapshot(
  folder: string,
  model: Model,
  version: string,
  writtenAtMs: number,
  source: Source = NO_SOURCE,
  writeIndex?: (path: string) => void,
): string {
  const columns = columnsOf(model);
  for (const [name, column] of columns) atOnce(refusingNotFinite(name, column));
  const isNew = mkdirSync(folder, { recursive: true }) !== undefined;
  if (isNew) sync(dirname(folder));
  removeUnfinished(folder);
  const id = freeId(folder, writtenAtMs);
  const parts = Object.fromEntries(Object.entries(model.parts).map(([name, { info }]) => [name, info])); // prettier-ignore
  const about = { id, version, writtenAtMs, source, info: model.info, parts };
  refuseNotFinite(about);
  try {
    writeFiles(join(folder, id + UNFINISHED), columns, about, writeIndex);
    renameSync(join(folder, id + UNFINISHED), join(folder, id));
    sync(folder);
    pointTo(folder, id);
  } catch (cause) {
    if (currentId(folder) !== id) rmSync(join(folder, id), { recursive: true, force: true });
    removeUnfinished(folder); // on a full disk its room is needed
    throw cause;
  }
  removeOld(folder, id);
  return id;
}

/**
 * Make the pointer again where it names no snapshot that is there; where nothing may be written it
 * stays as it is. A writer of snapshots that is at work meanwhile has the last word.
 */
export function repairPointer(folder: string, id: string): void {
  const before = currentId(folder);
  if (isThere(folder, before)) return;
  try {
    pointTo(folder, id, `.${process.pid}`);
  } catch {
    // Who reads finds the newest snapshot without it.
  }
}

function writeFiles(
  aside: string,
  columns: ReadonlyMap<string, Column>,
  about: Omit<Manifest, "kind" | "format" | "files">,
  writeIndex: ((path: string) => void) | undefined,
): void {
  mkdirSync(aside);
  const files: Record<string, ColumnFile> = {};
  for (const [name, column] of columns) {
    sync(join(aside, name), bytesOf(column));
    files[name] = described(column);
  }
  if (writeIndex) {
    const path = join(aside, INDEX_FILE);
    writeIndex(path);
    sync(path);
    files[INDEX_FILE] = described(Bun.mmap(path, { shared: false }));
  }
  const manifest: Manifest = { kind: "vidrec snapshot", format: FORMAT, ...about, files };
  sync(join(aside, "manifest.json"), sealed(manifest));
  sync(aside);
}

function removeUnfinished(folder: string): void {
  for (const name of readdirSync(folder).filter((it) => it.endsWith(UNFINISHED)))
    rmSync(join(folder, name), { recursive: true, force: true });
}

/** Ids read as times, so that they sort; two in one millisecond get a number. */
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
 * Remove all snapshots but the newest, first those that a wrong clock has dated after the current
 * one; what else lies in the folder is not ours.
 */
function removeOld(folder: string, current: string): void {
  const others = readdirSync(folder).filter((it) => isSnapshotId(it) && it !== current);
  const isAhead = (id: string) => Number(id > current);
  const oldestFirst = others.sort().sort((a, b) => isAhead(b) - isAhead(a));
  for (const id of oldestFirst.slice(0, 1 - KEPT)) rmSync(join(folder, id), { recursive: true });
}

function described(column: Column): ColumnFile {
  return {
    element: column.constructor.name as Element,
    length: column.length,
    xxh3: atOnce(checksumOf(bytesOf(column))),
  };
}

function bytesOf(column: Column): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

/** Write a file and wait for the disk; without content, wait for a file that somebody else wrote or a folder with new entries. */
function sync(path: string, content?: string | Uint8Array): void {
  const file = openSync(path, content === undefined ? "r" : "w");
  try {
    if (content !== undefined) writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
