/** Give every stored text a vector. What was done once is in the store and is not done again. */
import type { Store } from "../data/sqlite/open.ts";
import type { Encoder } from "./encoder.ts";
import { postText, textHash, userText } from "./text.ts";

/** Rows hashed in one transaction, and rows fetched at once. */
const ROWS = 200;
/** Vectors written in one transaction: what a killed run loses at most. */
const VECTORS = 8;

/** The parts of the store that texts and vectors lie in. */
export type Texts = Pick<Store, "texts" | "embeddings">;
export type Progress = (done: number, total: number) => void;
type Pending = { readonly hash: string; readonly text: string };

/**
 * Encode what lacks a vector: `extraTexts` first (moods, names of categories), then posts, newest
 * first, then users. Safe to break off at any moment: the next run goes on where this one was.
 *
 * @param onProgress  Told after each write, and once at the start.
 * @returns How many texts were encoded.
 */
export async function backfill(
  { texts, embeddings }: Texts,
  encoder: Pick<Encoder, "model" | "encode">,
  extraTexts: readonly string[],
  onProgress: Progress,
): Promise<number> {
  const { model } = encoder;
  await hashAll(() => texts.hashPosts(ROWS, (post) => textHash(postText(post))));
  await hashAll(() => texts.hashUsers(ROWS, (user) => textHash(userText(user))));
  const extra = await missing(embeddings, model, extraTexts);
  const total = extra.length + (await texts.backlog(model));
  let done = 0;
  onProgress(done, total);

  async function encodeAll(pending: readonly Pending[]): Promise<void> {
    for (let start = 0; start < pending.length; start += VECTORS) {
      const rows = [];
      for (const { hash, text } of pending.slice(start, start + VECTORS))
        rows.push({ hash, vector: await encoder.encode(text) });
      await embeddings.put(model, rows);
      done += rows.length;
      onProgress(done, Math.max(done, total)); // a sync may add texts meanwhile
    }
  }
  await encodeAll(extra);
  for (let rows; (rows = await texts.postsWithoutVector(model, ROWS)).length > 0;)
    await encodeAll(distinct(rows.map((row) => ({ hash: row.hash, text: postText(row) }))));
  for (let rows; (rows = await texts.usersWithoutVector(model, ROWS)).length > 0;)
    await encodeAll(distinct(rows.map((row) => ({ hash: row.hash, text: userText(row) }))));
  return done;
}

/** Hash until nothing is left, a few rows at a time, giving way to others in between. */
async function hashAll(hashSome: () => Promise<number>): Promise<void> {
  while ((await hashSome()) > 0) await Bun.sleep(0);
}

/** Those of `extraTexts` that say something and have no vector yet. */
async function missing(
  embeddings: Texts["embeddings"],
  model: string,
  extraTexts: readonly string[],
): Promise<Pending[]> {
  const wanted = distinct(extraTexts.map((text) => ({ hash: textHash(text), text })));
  const known = await embeddings.get(
    model,
    wanted.map((it) => it.hash),
  );
  return wanted.filter(({ hash }) => hash !== "" && !known.has(hash));
}

/** Each text once. */
function distinct(pending: readonly Pending[]): Pending[] {
  return [...new Map(pending.map((it) => [it.hash, it])).values()];
}
