/** Everything one run learns from, read from the store once. */
import type { Histories } from "../domain.ts";
import { textHash } from "../encode/text.ts";
import type { PostColumns } from "../store/posts.ts";
import type { Store } from "../store/open.ts";
import { MOODS } from "../train/moods.ts";
import type { ProfileFacts } from "../train/profile.ts";
import { parseTuning, type Tuning } from "./tuning.ts";

/** Which encoder made the vectors. */
export type EncoderName = { readonly model: string; readonly dimension: number };

/** What is stored, as learning reads it. */
export type Dataset = {
  readonly asOfMs: number;
  readonly posts: PostColumns;
  readonly histories: Histories;
  /** One a user of `histories`; `undefined` for a user without profile. */
  readonly profiles: readonly (ProfileFacts | undefined)[];
  /** `undefined` if no text has a vector yet. */
  readonly encoder: EncoderName | undefined;
  /** `[posts × d]`, zero rows where a text has no vector. */
  readonly embeddings: Float32Array;
  /** How many posts have one. */
  readonly embedded: number;
  /** `[moods × d]`; empty if one of them has no vector yet. */
  readonly moodVectors: Float32Array;
  /** How training was tuned to this store; absent before it was. */
  readonly tuning?: Tuning | undefined;
};

/** Vectors asked for at a time: a bounded statement. */
const BATCH = 2_000;

/**
 * Read the store.
 *
 * @param encoder  Whose vectors to use; `undefined` learns without texts.
 * @param nowMs  Stands for "as of" in a store without any interaction.
 */
export async function readDataset(
  store: Store,
  encoder: EncoderName | undefined,
  nowMs: number,
): Promise<Dataset> {
  const posts = await store.posts.columns();
  const histories = await store.interactions.histories();
  const profiles = new Map((await store.users.profiles()).map((it) => [it.id as number, it]));
  const vectorOf = await lookUp(store, encoder, [
    ...posts.textHashes,
    ...[...profiles.values()].map((it) => it.textHash),
    ...MOODS.map((it) => textHash(it.sentence)),
  ]);
  const d = encoder?.dimension ?? 0;
  const vectors = posts.textHashes.map(vectorOf);
  const tuning = await store.notes.tuning();
  const moods = MOODS.map((it) => vectorOf(textHash(it.sentence)));
  return {
    asOfMs: (await store.interactions.asOfMs()) ?? nowMs,
    posts,
    histories,
    profiles: Array.from(histories.userIds, (id) => {
      const profile = profiles.get(id);
      return profile && { counters: profile.counters, vector: vectorOf(profile.textHash) };
    }),
    encoder,
    embeddings: table(vectors, d),
    embedded: vectors.filter((it) => it !== undefined).length,
    tuning: tuning === undefined ? undefined : parseTuning(tuning),
    moodVectors: moods.includes(undefined) ? new Float32Array(0) : table(moods, d),
  };
}

/** Vectors of texts, in their order `[texts × d]`; zeros for those without one. */
export async function vectorsOf(
  store: Pick<Store, "embeddings">,
  encoder: EncoderName,
  texts: readonly string[],
): Promise<Float32Array> {
  const hashes = texts.map(textHash);
  const vectorOf = await lookUp(store, encoder, hashes);
  return table(hashes.map(vectorOf), encoder.dimension);
}

async function lookUp(
  store: Pick<Store, "embeddings">,
  encoder: EncoderName | undefined,
  hashes: readonly string[],
): Promise<(hash: string) => Float32Array | undefined> {
  const found = new Map<string, Float32Array>();
  const wanted = [...new Set(hashes)];
  for (let from = 0; encoder !== undefined && from < wanted.length; from += BATCH)
    for (const [hash, vector] of await store.embeddings.get(
      encoder.model,
      wanted.slice(from, from + BATCH),
    ))
      if (vector.length === encoder.dimension) found.set(hash, vector);
  return (hash) => found.get(hash);
}

function table(rows: readonly (Float32Array | undefined)[], d: number): Float32Array {
  const out = new Float32Array(rows.length * d);
  for (const [n, row] of rows.entries()) if (row) out.set(row, n * d);
  return out;
}
