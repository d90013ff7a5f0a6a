/** Slots of a page as bytes: columns of posts, sources and scores, and of probabilities where one is not 1. */
import type { PostKey } from "../../../domain/ids.ts";
import type { ServedSlot } from "../../served-log.ts";

/** Bytes of a number, and of the header: the number of columns. */
const WORD = 4;
/** Columns where nothing was drawn: posts, sources, scores. */
const BARE = 3;
/** Columns where chance had a part: probabilities, too. */
const DRAWN = 4;

/**
 * The slots as little-endian columns of n numbers each: posts and sources (uint32, keys and ids of words), scores
 * and probabilities (float32).
 */
export function packSlots(
  slots: readonly ServedSlot[],
  wordOf: (sources: readonly string[]) => number,
): Uint8Array {
  const n = slots.length;
  const columns = slots.some((it) => it.probability !== 1) ? DRAWN : BARE;
  const buffer = new ArrayBuffer(WORD * (1 + columns * n));
  const [words, floats] = [new Uint32Array(buffer), new Float32Array(buffer)];
  words[0] = columns;
  for (const [at, { post, sources, score, probability }] of slots.entries()) {
    words[1 + at] = post;
    words[1 + n + at] = wordOf(sources);
    floats[1 + 2 * n + at] = score;
    if (columns === DRAWN) floats[1 + 3 * n + at] = probability;
  }
  return new Uint8Array(buffer);
}

/** The posts of {@link packSlots}, and the words of their sources. */
export function slotColumns(packed: Uint8Array) {
  const { buffer } = packed.slice(); // aligned
  const words = new Uint32Array(buffer);
  const n = (words.length - 1) / words[0]!;
  return { posts: words.subarray(1, 1 + n), sources: words.subarray(1 + n, 1 + 2 * n) };
}

/** The slots of {@link packSlots}; the first has position `first`. */
export function unpackSlots(
  packed: Uint8Array,
  first: number,
  sourcesOf: (word: number) => readonly string[],
): ServedSlot[] {
  const { buffer } = packed.slice(); // aligned
  const [words, floats] = [new Uint32Array(buffer), new Float32Array(buffer)];
  const n = (words.length - 1) / words[0]!;
  return Array.from({ length: n }, (_, at) => ({
    post: words[1 + at]! as PostKey,
    sources: sourcesOf(words[1 + n + at]!),
    score: floats[1 + 2 * n + at]!,
    probability: words[0] === DRAWN ? floats[1 + 3 * n + at]! : 1,
    slot: first + at,
  }));
}
