/** A folder to serve from that is filled without learning, and people who have asked before. */
import { join } from "node:path";
import { indexWriter } from "../../src/index/open.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { finished, generatedModel } from "../support/generated.ts";
import { AS_OF_MS } from "../support/model.ts";
import { fillStore, username, type Catalogue } from "./catalogue.ts";
import type { Serving } from "./serving.ts";

const TOGETHER = 32;

/** The store, and a snapshot as wide as learnt ones: how long ranking takes does not depend on what it says. */
export async function fillToServe(folder: string, catalogue: Catalogue): Promise<Model> {
  const model = await finished(generatedModel(catalogue.posts, 1));
  const { embeddings: vectors, info } = model;
  const { model: name, dimension: d } = info.encoder!;
  await fillStore(join(folder, "store.db"), catalogue, { model: name, vectors, d });
  writeSnapshot(
    join(folder, "snapshots"),
    model,
    "bench",
    AS_OF_MS,
    undefined,
    indexWriter(vectors, d),
  );
  return model;
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
