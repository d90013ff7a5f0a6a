/** A model as files: names, and the two tables flattened. */
import type { TopTable } from "../linalg/sparse.ts";
import { SnapshotError, type Column, type Manifest } from "./manifest.ts";
import type { Model } from "./model.ts";

type ColumnName = Exclude<keyof Model, "info" | "neighbours" | "successors">;

const PLAIN = [
  "postKeys",
  "createdAtMs",
  "flags",
  "placeholders",
  "duplicates",
  "categoryRows",
  "topicRows",
  "postFactors",
  "gram",
  "userMap",
  "stretchVectors",
  "stretchStates",
  "stretchNext",
  "stretchCentres",
  "stretchStarts",
  "popularity",
  "trending",
  "freshness",
  "embeddings",
  "moodVectors",
  "floors",
  "ratings",
] as const satisfies readonly ColumnName[];

/** Every column of a model by file name. */
export function columnsOf(model: Model): Map<string, Column> {
  const columns = new Map<string, Column>(PLAIN.map((name) => [name, model[name]]));
  for (const name of ["neighbours", "successors"] as const) {
    columns.set(`${name}.rows`, model[name].rows);
    columns.set(`${name}.scores`, model[name].scores);
  }
  return columns;
}

/**
 * A model from its columns.
 *
 * @throws SnapshotError if a column is missing or its length does not fit the catalogue.
 */
export function modelFrom(manifest: Manifest, columns: ReadonlyMap<string, Column>): Model {
  const { info, tables } = manifest;
  const take: Take = (name, Type, length) => {
    const column = columns.get(name);
    if (!(column instanceof Type) || (length !== undefined && column.length !== length))
      throw new SnapshotError(
        `snapshot ${manifest.id}: ${name} is not a ${Type.name} of ${length ?? "any number of"} entries`,
      );
    return column;
  };
  const posts = take("postKeys", Float64Array).length;
  const table = (name: "neighbours" | "successors", rows: number): TopTable => ({
    m: tables[name],
    rows: take(`${name}.rows`, Uint32Array, rows * tables[name]),
    scores: take(`${name}.scores`, Float32Array, rows * tables[name]),
  });
  return {
    info,
    postKeys: take("postKeys", Float64Array),
    createdAtMs: take("createdAtMs", Float64Array, posts),
    flags: take("flags", Uint8Array, posts),
    placeholders: take("placeholders", Uint8Array, posts),
    duplicates: take("duplicates", Int32Array),
    categoryRows: take("categoryRows", Int32Array, posts),
    topicRows: take("topicRows", Int32Array, posts),
    postFactors: take("postFactors", Float32Array, posts * info.k),
    gram: take("gram", Float64Array, info.k * info.k),
    userMap: take("userMap", Float32Array),
    neighbours: table("neighbours", posts),
    successors: table("successors", posts * info.lookBacks.length),
    ...stretchesIn(take, posts, info.stretchDecays.length),
    popularity: take("popularity", Float32Array, posts),
    trending: take("trending", Float32Array, posts),
    freshness: take("freshness", Float32Array, posts),
    embeddings: take("embeddings", Float32Array, posts * (info.encoder?.dimension ?? 0)),
    moodVectors: take("moodVectors", Float32Array),
    floors: take("floors", Float32Array, posts),
    ratings: take("ratings", Float32Array),
  };
}

/** Hands a column out if it is of a type and length. */
type Take = <T extends Column>(name: string, Type: new () => T, length?: number) => T;

function stretchesIn(take: Take, posts: number, blocks: number) {
  const stretchVectors = take("stretchVectors", Float32Array);
  const stretchNext = take("stretchNext", Int32Array);
  const width = (stretchVectors.length || take("postFactors", Float32Array).length) / posts;
  const steps = stretchNext.length / 2;
  const stretchStates = take("stretchStates", Int8Array, steps && steps * blocks * width);
  const stretchStarts = take("stretchStarts", Uint32Array);
  const lists = Math.max(0, stretchStarts.length - 1);
  const stretchCentres = take("stretchCentres", Int8Array, lists && lists * blocks * width);
  return { stretchVectors, stretchStates, stretchNext, stretchCentres, stretchStarts };
}
