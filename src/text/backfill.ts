/** Backfill: every stored text gets a vector, once. */
import type { Hashed } from "../data/texts.ts";
import type { Store } from "../data/contract.ts";
import type { Encoder } from "./encoder.ts";
import { postText, textHash, userText } from "./text.ts";

/** Rows per transaction of hashing, and rows per read. */
const ROWS = 200;
/** Vectors per transaction: a killed run loses fewer. */
const VECTORS = 8;

/** The parts of the store that hold texts and vectors. */
export type Texts = Pick<Store, "texts" | "embeddings">;
export type Progress = (done: number, total: number) => void;
type Pending = { readonly hash: string; readonly text: string };

/**
 * Encodes every text without a vector: `extraTexts` first (moods, names of categories), then posts,
 * newest first, then users. It can be stopped at any moment: the next run continues.
 *
 * @param onProgress  Called at the start and after each write.
 * @returns The number of texts that were encoded.
 */
export async function backfill(
  { texts, embeddings }: Texts,
  encoder: Pick<Encoder, "model" | "encode">,
  extraTexts: readonly string[],
  onProgress: Progress,
): Promise<number> {
  const { model } = encoder;
  await hashAll(texts.postsToHash, postText, texts.keepPostHashes);
  await hashAll(texts.usersToHash, userText, texts.keepUserHashes);
  const extra = await missing(embeddings, model, extraTexts);
  const total = extra.length + (await texts.backlog(model));
  let done = 0;
  onProgress(done, total);

  async function encodeAll(pending: readonly Pending[], isOfStored = true): Promise<void> {
    for (let start = 0; start < pending.length; start += VECTORS) {
      const rows = [];
      for (const { hash, text } of pending.slice(start, start + VECTORS))
        rows.push({ hash, vector: await encoder.encode(text) });
      await embeddings.put(model, rows, isOfStored);
      done += rows.length;
      onProgress(done, Math.max(done, total)); // a sync may add texts meanwhile
    }
  }
  await encodeAll(extra, false);
  for (let rows; (rows = await texts.postsWithoutVector(model, ROWS)).length > 0;)
    await encodeAll(distinct(rows.map((row) => ({ hash: row.hash, text: postText(row) }))));
  for (let rows; (rows = await texts.usersWithoutVector(model, ROWS)).length > 0;)
    await encodeAll(distinct(rows.map((row) => ({ hash: row.hash, text: userText(row) }))));
  return done;
}

/** Hashes every row, a few at a time, with pauses for the thread's other work. */
async function hashAll<Row>(
  next: (limit: number) => Promise<readonly Row[]>,
  textOf: (row: Row) => string,
  keep: (rows: readonly Hashed<Row>[]) => Promise<void>,
): Promise<void> {
  for (let rows; (rows = await next(ROWS)).length > 0; await Bun.sleep(0))
    await keep(rows.map((row) => ({ ...row, hash: textHash(textOf(row)) })));
}

/** The `extraTexts` that are not empty and have no vector yet. */
async function missing(
  embeddings: Texts["embeddings"],
  model: string,
  extraTexts: readonly string[],
): Promise<Pending[]> {
  const wanted = distinct(extraTexts.map((text) => ({ hash: textHash(text), text })));
  const hashes = wanted.map((it) => it.hash);
  const known = await embeddings.get(model, hashes);
  return wanted.filter(({ hash }) => hash !== "" && !known.has(hash));
}

/** Each text once. */
function distinct(pending: readonly Pending[]): Pending[] {
  return [...new Map(pending.map((it) => [it.hash, it])).values()];
}
