/** Map of the catalogue: every post that may be shown as a point on the principal plane of their text vectors. */
import type { Ids } from "../../data/catalogue.ts";
import type { PostId, PostKey } from "../../domain/ids.ts";
import { hasVector } from "../../index/exact.ts";
import { principalPlane, projected, type Plane } from "../../linalg/principal-plane.ts";
import { isServable } from "../../ranking/eligibility.ts";
import { isExpired } from "../../ranking/expiry.ts";
import { inSlices, pause, type Steps } from "../../runtime/time-slicing.ts";
import type { Model } from "../../snapshot/model.ts";
import { postCount } from "../../snapshot/spare.ts";
import type { ServedSnapshot, SnapshotRegistry } from "../snapshot-registry.ts";

/** The posts as columns: entry n of each is of the same post. */
export type MapPosts = {
  readonly ids: readonly PostId[];
  /** Coordinates from the mean of all. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Index of the main category in `categories`; −1 for none. */
  readonly categoryRows: readonly number[];
  /** Unix epoch milliseconds. */
  readonly createdAtMs: readonly number[];
};

/** The map. */
export type CatalogueMap = {
  /** Id of the snapshot whose plane it is. */
  readonly snapshot: string;
  readonly posts: MapPosts;
  /** Names. */
  readonly categories: readonly string[];
  /** {@link Plane.shares} */
  readonly shares: Plane["shares"];
  /** Posts that are not on the map: their text has no vector yet, or they may not be shown. */
  readonly withoutVector: number;
  readonly notShown: number;
};

/** Age from which a map is made anew if its snapshot has changed in any way, milliseconds. */
const AGE_MS = 10_000;
/** Ids that are looked up at once: some 2 ms. */
const IDS_A_STEP = 500;
/** Rows between two pauses: less than a millisecond. */
const ROWS_A_STEP = 1_000;
/** Growth from which a snapshot gets another plane: most of its posts had no vector before. */
const GROWTH = 2;

/** Dependencies of {@link mapReader}. */
type MapDeps = {
  readonly registry: Pick<SnapshotRegistry, "current">;
  readonly ids: Pick<Ids, "postIds">;
  readonly nowMs: () => number;
};

/** Opens the map; `undefined` without a snapshot. A snapshot keeps its plane, so that later posts move no others. */
export function mapReader({ registry, ids, nowMs }: MapDeps) {
  let plane: { readonly id: string; readonly posts: number; readonly found: Promise<Plane> } | undefined; // prettier-ignore
  let made: { readonly of: ServedSnapshot; readonly atMs: number; readonly map: Promise<CatalogueMap> } | undefined; // prettier-ignore

  const planeOf = ({ id, ranker: { model } }: ServedSnapshot, rows: Uint32Array) => {
    if (plane?.id !== id || rows.length > GROWTH * plane.posts) {
      const found = principalPlane(model.embeddings, dimensionOf(model), rows);
      plane = { id, posts: rows.length, found };
    }
    return plane.found;
  };
  const mapOf = async (snapshot: ServedSnapshot, atMs: number): Promise<CatalogueMap> => {
    const { id, ranker: { model } } = snapshot; // prettier-ignore
    const { rows, ...left } = await inSlices(rowsOf(model, atMs));
    const found = await planeOf(snapshot, rows);
    const coordinates = await inSlices(projected(model.embeddings, found, rows));
    const byRow = await idsOf(ids, model, rows);
    const posts = await inSlices(columnsOf(model, rows, coordinates, byRow));
    const categories = model.info.categories.map(({ name }) => name);
    return { snapshot: id, posts, categories, shares: found.shares, ...left };
  };
  return async (): Promise<CatalogueMap | undefined> => {
    const current = registry.current();
    if (current === undefined) return undefined;
    const atMs = nowMs();
    const isFresh = made?.of === current || (made?.of.id === current.id && atMs - made.atMs < AGE_MS); // prettier-ignore
    if (!isFresh) {
      const map = mapOf(current, atMs);
      map.catch(() => (made = plane = undefined));
      made = { of: current, atMs, map };
    }
    return made!.map;
  };
}

const dimensionOf = ({ info }: Model) => info.encoder?.dimension ?? 0;

/** Rows of the posts on the map, and the number of the others. */
function* rowsOf(model: Model, nowMs: number) {
  const d = dimensionOf(model);
  const rows: number[] = [];
  let [withoutVector, notShown] = [0, 0];
  for (let row = 0; row < postCount(model); row++) {
    if (!isServable(model, row) || isExpired(model, row, nowMs)) notShown++;
    else if (hasVector(model.embeddings, row, d)) rows.push(row);
    else withoutVector++;
    if (row % ROWS_A_STEP === 0) yield;
  }
  return { rows: Uint32Array.from(rows), withoutVector, notShown };
}

/** Ids of rows, by their place; none for a post that has gone from the store. */
async function idsOf(ids: MapDeps["ids"], { postKeys }: Model, rows: Uint32Array) {
  const found: (PostId | undefined)[] = [];
  for (let from = 0; from < rows.length; from += IDS_A_STEP) {
    const keys = Array.from(rows.subarray(from, from + IDS_A_STEP), (row) => postKeys[row]! as PostKey); // prettier-ignore
    const byKey = await ids.postIds(keys);
    for (const key of keys) found.push(byKey.get(key));
    await pause();
  }
  return found;
}

function* columnsOf(
  { categoryRows, createdAtMs }: Model,
  rows: Uint32Array,
  coordinates: Float32Array,
  idOf: readonly (PostId | undefined)[],
): Steps<MapPosts> {
  const posts = { ids: [] as PostId[], x: [] as number[], y: [] as number[], categoryRows: [] as number[], createdAtMs: [] as number[] }; // prettier-ignore
  for (const [n, row] of rows.entries()) {
    if (n % ROWS_A_STEP === 0) yield;
    const id = idOf[n];
    if (id === undefined) continue;
    posts.ids.push(id);
    posts.x.push(coordinates[2 * n]!);
    posts.y.push(coordinates[2 * n + 1]!);
    posts.categoryRows.push(categoryRows[row]!);
    posts.createdAtMs.push(createdAtMs[row]!);
  }
  return posts;
}
