/** The dataset of a training run, read from the store once. */
import type { Histories } from "../domain/history.ts";
import { textHash } from "../text/text.ts";
import type { PostColumns } from "../data/catalogue.ts";
import type { Store } from "../data/contract.ts";
import { TEXTS } from "../models/models.ts";
import type { ProfileFacts } from "../models/person.ts";
import type { TextView, Tuning } from "../models/training-view.ts";
import { parseTuning } from "./tuning.ts";

/** The encoder that made the vectors. */
export type EncoderName = { readonly model: string; readonly dimension: number };

/** The stored data that training reads. */
export type Dataset = {
  /** Seq of the event log up to which it was read; absent if it is from no store. */
  readonly seq?: number;
  readonly asOfMs: number;
  readonly posts: PostColumns;
  readonly histories: Histories;
  /** One a user of `histories`; `undefined` for a user without profile. */
  readonly profiles: readonly (ProfileFacts | undefined)[];
  /** `undefined` if no text has a vector yet. */
  readonly encoder: EncoderName | undefined;
  /** `[posts × d]`, zero rows where a text has no vector. */
  readonly embeddings: Float32Array;
  /** Number of posts with a vector. */
  readonly embedded: number;
  /** Vectors of the models' own texts that are stored. */
  readonly texts: TextView["texts"];
  /** Training settings that were tuned on this store; absent before. */
  readonly tuning?: Tuning | undefined;
};

/** Vectors per read: one statement must not grow without bound. */
const BATCH = 500;

/**
 * Reads the store.
 *
 * @param encoder  Encoder whose vectors are used; `undefined` to learn without texts.
 * @param nowMs  Events after it are not believed. It is the `asOfMs` of a store without events.
 */
export async function readDataset(
  store: Store,
  encoder: EncoderName | undefined,
  nowMs: number,
): Promise<Dataset> {
  const posts = await store.posts.columns();
  const seq = await store.events.lastSeq();
  const histories = await store.events.histories(seq);
  const profiles = new Map((await store.users.profiles()).map((it) => [it.key as number, it]));
  const known = Array.from(histories.userKeys, (id) => profiles.get(id));
  const d = encoder?.dimension ?? 0;
  const texts = await readTexts(store, encoder, posts.textHashes);
  const bios = await vectorsByHash(store, encoder, known.flatMap((it) => it?.textHash || [])); // prettier-ignore
  const tuning = await store.meta.tuning();
  let bio = 0;
  return {
    seq,
    asOfMs: (await asOf(store, nowMs)) ?? nowMs,
    posts,
    histories,
    profiles: known.map((it) => {
      const place = it?.textHash ? bio++ : -1;
      const vector = bios.has[place] === 1 ? bios.vectors.subarray(place * d, (place + 1) * d) : undefined; // prettier-ignore
      return it && { counters: it.counters, vector };
    }),
    encoder,
    ...texts,
    tuning: tuning === undefined ? undefined : parseTuning(tuning),
  };
}

/** The stored vectors of posts, in the order of their hashes, and of the models' texts. */
export async function readTexts(
  store: Pick<Store, "embeddings">,
  encoder: EncoderName | undefined,
  hashes: readonly string[],
) {
  const posts = await scanVectors(store, encoder, hashes);
  const texts = await readOwnTexts(store, encoder);
  return { embeddings: posts.vectors, embedded: posts.count, texts };
}

/** The stored vectors of the models' own texts. */
export async function readOwnTexts(
  store: Pick<Store, "embeddings">,
  encoder: EncoderName | undefined,
): Promise<TextView["texts"]> {
  const own = await vectorsByHash(store, encoder, TEXTS.map(textHash));
  const d = encoder?.dimension ?? 0;
  const known = TEXTS.map((text, n) => [text, own.vectors.subarray(n * d, n * d + d)] as const);
  return Object.fromEntries(known.filter((_, n) => own.has[n] === 1));
}

/** The time of the newest event that is not in the future. If all are, this machine's clock is behind: the newest of all. */
async function asOf({ events }: Store, nowMs: number): Promise<number | undefined> {
  return (await events.asOfMs(nowMs)) ?? events.asOfMs();
}

/** Vectors of texts, in their order `[texts × d]`; zeros for those without one. */
export async function vectorsOf(
  store: Pick<Store, "embeddings">,
  encoder: EncoderName,
  texts: readonly string[],
): Promise<Float32Array> {
  return (await vectorsByHash(store, encoder, texts.map(textHash))).vectors;
}

/** The vectors of texts as one table `[texts × d]`; zeros for those without one. */
type VectorTable = {
  readonly vectors: Float32Array;
  /** 1 for texts with a vector. */
  readonly has: Uint8Array;
  /** Number of texts with a vector. */
  readonly count: number;
};

/** The vectors of a few texts, by their hashes. */
export async function vectorsByHash(
  { embeddings }: Pick<Store, "embeddings">,
  encoder: EncoderName | undefined,
  hashes: readonly string[],
): Promise<VectorTable> {
  const table = openTable(hashes, encoder?.dimension ?? 0);
  for (let from = 0; encoder && from < hashes.length; from += BATCH) {
    const stored = await embeddings.get(encoder.model, hashes.slice(from, from + BATCH));
    for (const [hash, vector] of stored) table.put(hash, vector);
  }
  return table.done();
}

/** The vectors of most stored texts: reads all in batches, since a million vectors are 1.5 GB. */
async function scanVectors(
  { embeddings }: Pick<Store, "embeddings">,
  encoder: EncoderName | undefined,
  hashes: readonly string[],
): Promise<VectorTable> {
  const table = openTable(hashes, encoder?.dimension ?? 0);
  for (let after: string | undefined = ""; encoder && after !== undefined;) {
    const stored = await embeddings.after(encoder.model, after, BATCH);
    for (const { hash, vector } of stored) table.put(hash, vector);
    after = stored.at(-1)?.hash;
  }
  return table.done();
}

/** Opens a table that is filled text by text. */
function openTable(hashes: readonly string[], d: number) {
  const [vectors, has] = [new Float32Array(hashes.length * d), new Uint8Array(hashes.length)];
  /** The first text with a hash, and for each text the next one with the same hash. */
  const first = new Map<string, number>();
  const next = new Int32Array(hashes.length);
  for (let n = hashes.length - 1; n >= 0; n--) {
    next[n] = first.get(hashes[n]!) ?? -1;
    first.set(hashes[n]!, n);
  }
  let count = 0;
  return {
    put: (hash: string, vector: Float32Array): void => {
      if (vector.length !== d) return;
      for (let n = first.get(hash) ?? -1; n >= 0; n = next[n]!) {
        if (has[n] === 0) count++;
        has[n] = 1;
        vectors.set(vector, n * d);
      }
    },
    done: (): VectorTable => ({ vectors, has, count }),
  };
}
