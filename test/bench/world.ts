/** A folder to serve from that is filled without learning, and people who have asked before. */
import { join } from "node:path";
import { plainKernel } from "../../src/linalg/train-wasm/plain-kernel.ts";
import { indexWriter } from "../../src/index/open.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { inLists } from "../../src/models/sequence-knn/ivf.ts";
import { generatedModel } from "../support/generated.ts";
import { AS_OF_MS } from "../support/model.ts";
import { fillStore, username, type Catalogue } from "./catalogue.ts";
import type { Serving } from "./serving.ts";

const TOGETHER = 32;

/** The store, and a snapshot as wide as learnt ones: how long ranking takes does not depend on what it says. */
export async function fillToServe(folder: string, catalogue: Catalogue): Promise<Model> {
  const model = await withLists(generatedModel(catalogue.posts, 1));
  const { embeddings: vectors, info } = model;
  const { model: name, dimension: d } = info.encoder!;
  await fillStore(join(folder, "store.db"), catalogue, { model: name, vectors, d });
  writeSnapshot(join(folder, "snapshots"), model, "bench", AS_OF_MS, "", indexWriter(vectors, d));
  return model;
}

async function withLists(model: Model): Promise<Model> {
  const all = { states: model.stretchStates, next: model.stretchNext };
  const lists = await inLists(all, plainKernel(), 1);
  return {
    ...model,
    stretchStates: lists.states,
    stretchNext: lists.next,
    stretchCentres: lists.centres,
    stretchStarts: lists.starts,
  };
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
