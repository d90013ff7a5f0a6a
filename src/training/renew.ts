/** Renews a model: gives it the vectors of texts that were encoded since, and keeps all that was learnt from events. */
import { hasVector } from "../index/exact.ts";
import type { Model } from "../snapshot/model.ts";
import type { Store } from "../data/contract.ts";
import { MODELS } from "../models/models.ts";
import type { TextView } from "../models/training-view.ts";
import { readTexts, type EncoderName } from "./dataset.ts";

/** Growth of the number of vectors from which all that is learnt from them is learnt anew. */
export const RENEWAL_GROWTH = 2;

/**
 * The model with the stored vectors. Needs no training, so moods and free words work seconds after
 * texts were encoded.
 *
 * @returns `undefined` if all vectors are those of `model`, or another encoder has made fewer.
 */
export async function withNewVectors(
  store: Pick<Store, "posts" | "embeddings">,
  model: Model,
  encoder: EncoderName,
): Promise<Model | undefined> {
  const { keys, textHashes } = await store.posts.columns();
  const hashOf = new Map(Array.from(keys, (key, row) => [key, textHashes[row]!]));
  const hashes = Array.from(model.postKeys, (id) => hashOf.get(id) ?? "");
  const { embeddings, texts } = await readTexts(store, encoder, hashes);
  const d = encoder.dimension;
  const isSame = model.info.encoder?.model === encoder.model && model.info.encoder.dimension === d;
  let embedded = 0;
  for (let row = 0; row < hashes.length; row++) {
    // A text that has changed keeps its old vector until the new one is stored.
    if (isSame && !hasVector(embeddings, row, d))
      embeddings.set(model.embeddings.subarray(row * d, row * d + d), row * d);
    embedded += Number(hasVector(embeddings, row, d));
  }
  if (embedded === 0 || embedded < model.info.embedded) return undefined;
  // Processes take up single new vectors by themselves.
  if (isSame && embedded < RENEWAL_GROWTH * model.info.embedded) return undefined;
  const view: TextView = { dimension: d, embeddings, texts };
  const renewed = MODELS.flatMap(({ name, renew }) =>
    renew ? [[name, renew(model, view)] as const] : [],
  );
  return {
    ...model,
    info: { ...model.info, encoder, embedded },
    embeddings,
    parts: { ...model.parts, ...Object.fromEntries(renewed) },
  };
}
