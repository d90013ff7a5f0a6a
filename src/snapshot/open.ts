/** Opens a snapshot: checks all its files and maps its columns. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { StoreMark } from "../domain/event.ts";
import { releasePages } from "../runtime/memory.ts";
import { atOnce, type Steps } from "../runtime/time-slicing.ts";
import { ELEMENTS, type Column, type Layout } from "./columns.ts";
import { modelFrom } from "./files.ts";
import { checkManifestFinite, checkFinite } from "./finite.ts";
import {
  checkManifest,
  checkStore,
  checksumOf,
  INDEX_FILE,
  isSnapshotId,
  MADE_AGAIN,
  POINTER,
  SnapshotError,
  type ColumnFile,
  type Manifest,
} from "./manifest.ts";
import type { Model } from "./model.ts";

/** A snapshot ready to serve. Its columns are mapped from disk, read-only by convention. */
export type Snapshot = {
  readonly id: string;
  readonly manifest: Manifest;
  readonly model: Model;
  /** The search index of the embeddings; `undefined` for a catalogue that was too small for one. */
  readonly indexPath: string | undefined;
  /** Gives back the memory of the columns; each is mapped again as soon as it is read. */
  readonly release: () => void;
};

/** Content of the pointer under `folder`, an id if all is well; `undefined` if it cannot be read. */
export function currentId(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, POINTER), "utf8").trim();
  } catch {
    return undefined;
  }
}

/** True if there is a snapshot of this id under `folder`, good or not. */
export function isThere(folder: string, id: string | undefined): id is string {
  return id !== undefined && isSnapshotId(id) && existsSync(manifestIn(folder, id));
}

/**
 * Opens one snapshot.
 *
 * @param layout  The columns that every model of this program needs.
 * @throws SnapshotError if it is missing, damaged, foreign or of another format.
 */
export function* openSnapshot(
  folder: string,
  id: string,
  layout: Layout,
  store?: StoreMark,
): Steps<Snapshot> {
  if (!isThere(folder, id)) throw new SnapshotError(`there is no snapshot ${shown(id)}`);
  const manifest = checkManifest(id, readFileSync(manifestIn(folder, id), "utf8"));
  checkManifestFinite(manifest);
  checkStore(manifest, store);
  const columns = new Map<string, Column>();
  const mapped: Uint8Array[] = [];
  for (const [name, file] of Object.entries(manifest.files))
    columns.set(name, yield* mapColumn(folder, join(id, name), file, mapped));
  const indexPath = columns.has(INDEX_FILE) ? join(folder, id, INDEX_FILE) : undefined;
  const release = () => mapped.forEach(releasePages);
  return { id, manifest, model: modelFrom(manifest, columns, layout), indexPath, release };
}

/** The newest good snapshot, and the faults of newer ones. */
export type Newest<T = Snapshot> = {
  readonly snapshot: T | undefined;
  readonly refused: readonly string[];
};

/**
 * Opens the current snapshot, or the newest other good one if it is damaged. Never throws.
 *
 * @param store  Snapshots of another store are refused; `undefined` accepts any.
 */
export function openNewest(folder: string, layout: Layout, store?: StoreMark): Newest {
  return atOnce(openingNewest(folder, (...at) => openSnapshot(...at, layout, store)));
}

/** {@link openNewest} in time slices; `opening` opens a snapshot and what belongs to it. */
export function* openingNewest<T>(
  folder: string,
  opening: (folder: string, id: string) => Steps<T>,
): Steps<Newest<T>> {
  const refused: string[] = [];
  for (const id of idsIn(folder)) {
    try {
      return { snapshot: yield* opening(folder, id), refused };
    } catch (cause) {
      refused.push(reasonOf(id, cause));
    }
  }
  return { snapshot: undefined, refused };
}

/** The current id first, even if its snapshot is missing, then the others, newest first. */
function idsIn(folder: string): string[] {
  const current = currentId(folder);
  const others = (() => {
    try {
      return readdirSync(folder).filter((it) => isSnapshotId(it) && it !== current);
    } catch {
      return []; // no folder, or an unreadable one
    }
  })();
  return [...(current === undefined ? [] : [current]), ...others.sort().reverse()];
}

/** A checked column; its bytes are added to `mapped` if they are mapped. */
function* mapColumn(
  folder: string,
  name: string,
  file: ColumnFile,
  mapped: Uint8Array[],
): Steps<Column> {
  const path = join(folder, name);
  if (!existsSync(path)) throw new SnapshotError(`${name} is missing: ${MADE_AGAIN}`);
  const Type = ELEMENTS[file.element];
  const wantedBytes = file.length * Type.BYTES_PER_ELEMENT;
  const sizeBytes = statSync(path).size;
  if (sizeBytes !== wantedBytes)
    throw new SnapshotError(
      `${name} is damaged: ${sizeBytes} bytes, not ${wantedBytes}; ${MADE_AGAIN}`,
    );
  if (sizeBytes === 0) return new Type(0);
  const bytes = bytesOf(path, mapped);
  if ((yield* checksumOf(bytes)) !== file.xxh3)
    throw new SnapshotError(`${name} is damaged: its checksum differs; ${MADE_AGAIN}`);
  const column = new Type(bytes.buffer, bytes.byteOffset, file.length);
  yield* checkFinite(name, column);
  return column;
}

/** The manifest of the newest good snapshot before one; `undefined` if there is none. Its columns are not checked. */
export function manifestBefore(folder: string, id: string): Manifest | undefined {
  for (const it of idsIn(folder).filter((it) => isSnapshotId(it) && it < id))
    try {
      return checkManifest(it, readFileSync(manifestIn(folder, it), "utf8"));
    } catch {
      // Of another format, damaged, or just removed.
    }
  return undefined;
}

/** The bytes of a file, mapped; a copy if it is read-only, since Bun opens a mapped file for writing. */
function bytesOf(path: string, mapped: Uint8Array[]): Uint8Array<ArrayBuffer> {
  try {
    const bytes = Bun.mmap(path, { shared: false });
    mapped.push(bytes);
    return bytes;
  } catch {
    return new Uint8Array(readFileSync(path));
  }
}

function manifestIn(folder: string, id: string): string {
  return join(folder, id, "manifest.json");
}

/** The reason of a refusal, without the path of the folder: monitors show it. */
function reasonOf(id: string, cause: unknown): string {
  if (cause instanceof SnapshotError) return cause.message;
  const { code, message } = cause as NodeJS.ErrnoException;
  const why = code === undefined ? message : `cannot be read: ${code}`;
  return `snapshot ${shown(id)} cannot be used (${why}); run \`vidrec doctor\``;
}

/** An id for a message: shortened and quoted, since a pointer may contain anything. */
function shown(id: string): string {
  return JSON.stringify(id.slice(0, 40));
}
