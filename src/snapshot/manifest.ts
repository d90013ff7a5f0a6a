/** Manifest: describes a snapshot's files, is read first, and carries its own checksum. */
import type { StoreMark } from "../domain/event.ts";
import type { Steps } from "../runtime/time-slicing.ts";
import type { Element } from "./columns.ts";
import type { ModelInfo } from "./model.ts";

/** Changed whenever an older program could misread the files. */
export const FORMAT = 21;

/** The file that holds the id of the current snapshot. */
export const POINTER = "current";

/** The file of the embeddings' search index, in the index library's own format. */
export const INDEX_FILE = "embeddings.index";

/** One column file. */
export type ColumnFile = {
  readonly element: Element;
  readonly length: number;
  /** {@link checksumOf} */
  readonly xxh3: string;
};

/** The source that a snapshot was learnt from. */
export type Source = {
  /** Fingerprint of the training input: a run with an equal one is skipped. "" never skips a run. */
  readonly learntFrom: string;
  /** `undefined` for a model that is from no store. */
  readonly store: StoreMark | undefined;
  readonly learnt?: Learnt | undefined;
};

/** Facts about the run that made a snapshot. */
type Learnt = {
  /** Time of reading the store, Unix epoch milliseconds. */
  readonly atMs: number;
  /** The number of changes of posts until then. */
  readonly changes: number;
  /** The number of posts. */
  readonly posts: number;
  /** The newest change of posts that is in it, in the store's log of them. */
  readonly postChange: number;
  /** True if the blend is the shipped one, for speed. */
  readonly isQuick: boolean;
};

/** Content of manifest.json. */
export type Manifest = {
  readonly kind: "vidrec snapshot";
  readonly format: number;
  /** Name of the folder. */
  readonly id: string;
  readonly version: string;
  /** Unix epoch milliseconds, by the wall clock: for people, never for ranking. */
  readonly writtenAtMs: number;
  readonly source: Source;
  readonly info: ModelInfo;
  /** Info of every model's part, by its name. */
  readonly parts: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, ColumnFile>>;
};

/** Bytes per step. */
const PIECE_BYTES = 1 << 20;

/**
 * XXH3 over the XXH3 of every piece, hex. Detects damage, not forgery. SHA-256 takes fifteen times as
 * long: most of the start at 100,000 posts (0.6 GB).
 */
export function* checksumOf(bytes: Uint8Array): Steps<string> {
  const pieces = new BigUint64Array(Math.ceil(bytes.length / PIECE_BYTES));
  for (let n = 0; n < pieces.length; n++) {
    pieces[n] = Bun.hash.xxHash3(bytes.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES));
    yield;
  }
  return Bun.hash.xxHash3(pieces).toString(16).padStart(16, "0");
}

/** True if a folder's name is a snapshot's id: a time, and a number if two were written in one millisecond. */
export function isSnapshotId(name: string): boolean {
  return /^\d{8}T\d{9}Z(-\d+)?$/.test(name);
}

/** Advice to operators about a refused snapshot. */
export const MADE_AGAIN =
  "the next learning makes it again (`vidrec serve` learns at its start and every day; where none runs, `vidrec learn` does)";

/** A snapshot that must not be served; `message` says which file and why. */
export class SnapshotError extends Error {
  override readonly name = "SnapshotError";
}

/** Text of manifest.json: the manifest with its checksum as the last key. */
export function manifestText(manifest: Manifest): string {
  return JSON.stringify({ ...manifest, sha256: checksum(manifest) }, undefined, 1);
}

/** Parses and checks a manifest. @throws SnapshotError if it is damaged, or of another program or format. */
export function checkManifest(id: string, text: string): Manifest {
  const path = `${id}/manifest.json`;
  let it: Partial<Manifest> & { readonly sha256?: string };
  try {
    it = JSON.parse(text) as typeof it;
  } catch {
    throw new SnapshotError(`${path} is damaged: not JSON; ${MADE_AGAIN}`);
  }
  if (it?.kind !== "vidrec snapshot" || typeof it.files !== "object" || it.files === null)
    throw new SnapshotError(`${path} is not the manifest of a vidrec snapshot`);
  if (it.format !== FORMAT)
    throw new SnapshotError(
      `${path} has format ${it.format}, this program reads ${FORMAT}: ${MADE_AGAIN}`,
    );
  const { sha256, ...manifest } = it;
  if (sha256 !== checksum(manifest))
    throw new SnapshotError(`${path} is damaged: its checksum differs; ${MADE_AGAIN}`);
  return manifest as Manifest;
}

/** SHA-256 of the manifest's JSON without its own checksum, hex. */
function checksum(manifest: Partial<Manifest>): string {
  return Bun.SHA256.hash(JSON.stringify(manifest), "hex");
}

/**
 * Checks that a snapshot was learnt from this store, at its present or an earlier state: its keys are
 * only valid there.
 *
 * @param now  The present store; `undefined` if it can't be read, then any snapshot is accepted.
 * @throws SnapshotError
 */
export function checkStore({ id, source }: Manifest, now: StoreMark | undefined): void {
  if (source.store === undefined || now === undefined) return;
  const { identity, seq } = source.store;
  if (identity === now.identity && seq <= now.seq) return;
  const what = identity === now.identity ? "a later state of this store" : "another store";
  throw new SnapshotError(`snapshot ${id} was learnt from ${what}: ${MADE_AGAIN}`);
}
