/** Checks that every number of a snapshot is finite: a NaN or an infinity would spread through scores. */
import type { Steps } from "../runtime/time-slicing.ts";
import type { Column } from "./columns.ts";
import { MADE_AGAIN, SnapshotError, type Manifest } from "./manifest.ts";

/** 32-bit words per step: about a fifth of a millisecond. */
const PIECE = 1 << 19;

/** Mask of the exponent in a number's highest word, and its lowest bit. With all bits set, the number is infinite or NaN (IEEE 754). */
const EXPONENTS = [
  [Float32Array, 0x7f800000, 0x00800000],
  [Float64Array, 0x7ff00000, 0x00100000],
] as const;

/** Checks a column. @throws SnapshotError that names the column and index of a number that is not finite. */
export function* checkFinite(name: string, column: Column): Steps<void> {
  const at = yield* notFiniteIndex(column);
  if (at >= 0) throw refused(`${name}[${at}]`);
}

/** Checks the numbers of a manifest. @throws SnapshotError that names the entry that is not finite. */
export function checkManifestFinite({
  id,
  info,
  parts,
}: Pick<Manifest, "id" | "info" | "parts">): void {
  const entry = notFiniteIn({ info, parts });
  if (entry !== undefined) throw refused(`${id}/manifest.json: ${entry}`);
}

function refused(place: string): SnapshotError {
  return new SnapshotError(
    `${place} is not a finite number: the snapshot before goes on serving; ${MADE_AGAIN}; report it if it says so again`,
  );
}

/** Index of the first number of a column that is not finite; −1 if there is none. */
function* notFiniteIndex(column: Column): Steps<number> {
  for (const [Type, mask, lowest] of EXPONENTS) {
    if (!(column instanceof Type)) continue;
    const words = new Int32Array(column.buffer, column.byteOffset, column.byteLength / 4);
    const step = Type.BYTES_PER_ELEMENT / 4;
    for (let from = 0; from < words.length; from += PIECE) {
      // A full exponent overflows into the sign bit. Comparing floats took three times as long.
      let any = 0;
      const end = Math.min(from + PIECE, words.length);
      for (let n = from + step - 1; n < end; n += step) any |= (words[n]! & mask) + lowest;
      if (any < 0) return column.findIndex((it) => !Number.isFinite(it));
      yield;
    }
  }
  return -1;
}

/**
 * Path of the first number below a JSON value that is not finite, such as "blend.weights.popular.0";
 * `undefined` if there is none. A null counts as NaN: JSON writes it so, and a manifest has no other null.
 */
function notFiniteIn(value: unknown, path = ""): string | undefined {
  if (value === null || (typeof value === "number" && !Number.isFinite(value))) return path;
  if (typeof value !== "object") return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = notFiniteIn(inner, path === "" ? name : `${path}.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
