/** A folder to serve from that is filled without learning, and people who have asked before. */
import { join } from "node:path";
import { indexWriter } from "../../src/index/open.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { LAYOUT } from "../../src/models/models.ts";
import type { Source } from "../../src/snapshot/manifest.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { spareRows } from "../../src/snapshot/spare.ts";
import { withSpareRows } from "../support/spare.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { finished, generatedModel } from "../support/generated.ts";
import { AS_OF_MS } from "../support/model.ts";
import { fillStore, username, type Catalogue } from "./catalogue.ts";
import type { Serving } from "./serving.ts";

const TOGETHER = 32;

/** The store, and a snapshot as wide as learnt ones: how long ranking takes does not depend on what it says. */
export async function fillToServe(
  folder: string,
  catalogue: Catalogue,
  encoderName?: string,
): Promise<Model> {
  const { posts } = catalogue;
  const generated = await finished(generatedModel(posts, 1));
  const encoder = { ...generated.info.encoder!, ...(encoderName && { model: encoderName }) };
  const learnt = { ...generated, info: { ...generated.info, encoder } };
  learnt.postKeys.set(learnt.postKeys.map((_, row) => row + 1)); // as the store gives them
  const { embeddings: vectors } = learnt;
  const { model: name, dimension: d } = encoder;
  await fillStore(join(folder, "store.db"), catalogue, { model: name, vectors, d });
  const model = withSpareRows(learnt, LAYOUT, spareRows(posts));
  const index = indexWriter(model.embeddings, d);
  const source = await sourceOf(join(folder, "store.db"), posts);
  writeSnapshot(join(folder, "snapshots"), model, "bench", AS_OF_MS, source, index);
  return model;
}

/** Source of a snapshot, as if all that is stored had been learnt from. */
async function sourceOf(path: string, posts: number): Promise<Source> {
  using store = openStore(path);
  const [changes, postChange] = [await store.meta.postChanges(), await store.posts.lastChange()];
  const learnt = { atMs: AS_OF_MS, changes, posts, postChange, isQuick: false };
  return { learntFrom: "", store: await store.mark(), learnt };
}

/** Everybody's first page. */
export const firstPages = ({ users }: Catalogue): string[] =>
  Array.from({ length: users }, (_, n) => `/feed?username=${username(n)}`);

/** Ask for everything once, so that everybody is known when time is taken. */
export async function askAll({ url }: Serving, paths: readonly string[]): Promise<void> {
  for (let from = 0; from < paths.length; from += TOGETHER)
    await Promise.all(
      paths.slice(from, from + TOGETHER).map(async (path) => (await fetch(url + path)).bytes()),
    );
}
