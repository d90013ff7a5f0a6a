/** Open a snapshot: check it, map its columns, trust nothing else. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { atOnce, type Steps } from "../slices.ts";
import { modelFrom } from "./files.ts";
import {
  checkManifest,
  checksumming,
  ELEMENTS,
  INDEX_FILE,
  isSnapshotId,
  SnapshotError,
  type Column,
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
};

/** Id of the current snapshot under `folder`; `undefined` if none was ever finished. */
export function currentId(folder: string): string | undefined {
  const pointer = join(folder, "current");
  return existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : undefined;
}

/**
 * Open one snapshot.
 *
 * @throws SnapshotError if it is missing, damaged, foreign or of another format.
 */
export function openSnapshot(folder: string, id: string): Snapshot {
  return atOnce(openingSnapshot(folder, id));
}

/** The same in steps of a megabyte: a large one takes a second. */
export function* openingSnapshot(folder: string, id: string): Steps<Snapshot> {
  const path = join(folder, id);
  const manifestPath = join(path, "manifest.json");
  if (!isSnapshotId(id) || !existsSync(manifestPath))
    throw new SnapshotError(`there is no snapshot ${JSON.stringify(id)} in ${folder}`);
  const manifest = checkManifest(manifestPath, readFileSync(manifestPath, "utf8"));
  const columns = new Map<string, Column>();
  for (const [name, file] of Object.entries(manifest.files))
    columns.set(name, yield* mapColumn(join(path, name), file));
  const indexPath = columns.has(INDEX_FILE) ? join(path, INDEX_FILE) : undefined;
  return { id, manifest, model: modelFrom(manifest, columns), indexPath };
}

/** The newest snapshot that is good, and what was wrong with newer ones. */
export type Newest = {
  readonly snapshot: Snapshot | undefined;
  readonly refused: readonly string[];
};

/** Open the current snapshot, or if it is damaged the newest other good one. Never throws. */
export function openNewest(folder: string): Newest {
  return atOnce(openingNewest(folder));
}

/** The same in steps. */
export function* openingNewest(folder: string): Steps<Newest> {
  const current = currentId(folder);
  if (current === undefined && !existsSync(folder)) return { snapshot: undefined, refused: [] };
  const others = readdirSync(folder).filter(isSnapshotId);
  const ids = [
    current,
    ...others
      .sort()
      .reverse()
      .filter((it) => it !== current),
  ];
  const refused: string[] = [];
  for (const id of ids.filter((it) => it !== undefined)) {
    try {
      return { snapshot: yield* openingSnapshot(folder, id), refused };
    } catch (cause) {
      refused.push(cause instanceof Error ? cause.message : String(cause));
    }
  }
  return { snapshot: undefined, refused };
}

function* mapColumn(path: string, file: ColumnFile): Steps<Column> {
  if (!existsSync(path)) throw new SnapshotError(`${path} is missing: run \`vidrec learn\``);
  const Type = ELEMENTS[file.element];
  const wantedBytes = file.length * Type.BYTES_PER_ELEMENT;
  const sizeBytes = statSync(path).size;
  if (sizeBytes !== wantedBytes)
    throw new SnapshotError(
      `${path} is damaged: ${sizeBytes} bytes, not ${wantedBytes}; run \`vidrec learn\``,
    );
  if (sizeBytes === 0) return new Type(0);
  const bytes = Bun.mmap(path, { shared: false });
  if ((yield* checksumming(bytes)) !== file.xxh3)
    throw new SnapshotError(`${path} is damaged: its checksum differs; run \`vidrec learn\``);
  return new Type(bytes.buffer, bytes.byteOffset, file.length);
}
