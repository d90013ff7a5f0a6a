/** Map of the catalogue: every post that may be shown as a point on the principal plane of their text vectors. */
import type { Ids } from "../../data/catalogue.ts";
import type { ServedLog } from "../../data/served-log.ts";
import type { PostId, PostKey } from "../../domain/ids.ts";
import { hasVector } from "../../index/exact.ts";
import { alignedTo } from "../../linalg/aligned-plane.ts";
import { principalPlane, projected, type Plane } from "../../linalg/principal-plane.ts";
import { isServable } from "../../ranking/eligibility.ts";
import { isExpired } from "../../ranking/expiry.ts";
import { inSlices, pause, type Steps } from "../../runtime/time-slicing.ts";
import type { Model } from "../../snapshot/model.ts";
import { postCount } from "../../snapshot/spare.ts";
import type { ServedSnapshot, SnapshotRegistry } from "../snapshot-registry.ts";
import { shownTally, type ShownTally } from "./shown-tally.ts";

/** The posts as columns: entry n of each is of the same post. */
type MapPosts = {
  readonly ids: readonly PostId[];
  /** Coordinates from the mean of all. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Index of the main category in `categories`; −1 for none. */
  readonly categoryRows: readonly number[];
  /** Unix epoch milliseconds. */
  readonly createdAtMs: readonly number[];
  /** Times that each was shown; `undefined` while they are counted. */
  readonly shown: readonly number[] | undefined;
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
  /** Time since which {@link MapPosts.shown} is counted, Unix epoch milliseconds; `undefined` if nothing was shown. */
  readonly shownSinceMs: number | undefined;
};

/** Age from which a map is made anew, milliseconds; one without counts is as soon as they are there. */
const AGE_MS = 10_000;
/** Longest wait for counts, milliseconds: a later map has them. */
const WAIT_MS = 200;
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
  readonly servedLog: () => Pick<ServedLog, "after" | "erasures">;
  readonly nowMs: () => number;
};

/** Points of a state of a snapshot, and the keys of their posts. */
type Points = {
  /** Name of the state; the snapshot itself would be kept in memory by it. */
  readonly of: string;
  readonly map: Omit<CatalogueMap, "shownSinceMs">;
  readonly keys: readonly number[];
  /** Time at which the first of them expires, Unix epoch milliseconds. */
  readonly untilMs: number;
};

/** Opens the map; `undefined` without a snapshot. Who asks while it is made waits for the same one. */
export function mapReader(deps: MapDeps) {
  const { registry, nowMs } = deps;
  const tally = shownTally(deps.servedLog);
  const pointsOf = pointsReader(deps);
  let made: { readonly id: string; atMs: number; readonly map: Promise<CatalogueMap> } | undefined;

  const mapOf = async (snapshot: ServedSnapshot, atMs: number): Promise<CatalogueMap> => {
    const points = pointsOf(snapshot, atMs);
    const waited = points.then(() => Bun.sleep(WAIT_MS));
    const [{ map, keys }, counted] = await Promise.all([points, Promise.race([tally(), waited])]);
    if (!counted) return { ...map, shownSinceMs: undefined };
    const shown = await inSlices(countsOf(keys, counted));
    return { ...map, posts: { ...map.posts, shown }, shownSinceMs: counted.sinceMs };
  };
  return async (): Promise<CatalogueMap | undefined> => {
    const current = registry.current();
    if (current === undefined) return undefined;
    const atMs = nowMs();
    if (made?.id !== current.id || Math.abs(atMs - made.atMs) >= AGE_MS) {
      const map = mapOf(current, atMs);
      const it = { id: current.id, atMs, map };
      map.then(
        ({ posts }) => void (posts.shown ?? (it.atMs = -Infinity)),
        () => made === it && (made = undefined),
      );
      made = it;
    }
    return made.map;
  };
}

/** Opens the points; those of a state are kept. A snapshot keeps its plane, so that later posts move no others; the next one's is turned to look the same. */
function pointsReader({ ids }: Pick<MapDeps, "ids">) {
  let plane: { readonly id: string; readonly posts: number; readonly found: Plane } | undefined;
  let kept: Points | undefined;
  return async (snapshot: ServedSnapshot, atMs: number): Promise<Points> => {
    const { id, state, ranker: { model } } = snapshot; // prettier-ignore
    const of = `${id} ${state}`;
    if (kept?.of === of && atMs < kept.untilMs) return kept;
    const { rows, untilMs, ...left } = await inSlices(rowsOf(model, atMs));
    if (plane?.id !== id || rows.length > GROWTH * plane.posts) {
      const newest = await principalPlane(model.embeddings, dimensionOf(model), rows);
      const found = alignedTo(newest, plane?.found);
      plane = { id, posts: rows.length, found };
    }
    const { found } = plane;
    const coordinates = await inSlices(projected(model.embeddings, found, rows));
    const { keys, ...posts } = await inSlices(
      columnsOf(model, rows, coordinates, await idsOf(ids, model, rows)),
    );
    const categories = model.info.categories.map(({ name }) => name);
    const map = { snapshot: id, posts, categories, shares: found.shares, ...left };
    return (kept = { of, map, keys, untilMs });
  };
}

const dimensionOf = ({ info }: Model) => info.encoder?.dimension ?? 0;

/** Rows of the posts on the map, when the first of them expires, and the number of the others. */
function* rowsOf(model: Model, nowMs: number) {
  const d = dimensionOf(model);
  const rows: number[] = [];
  let [withoutVector, notShown, untilMs] = [0, 0, Infinity];
  for (let row = 0; row < postCount(model); row++) {
    if (row % ROWS_A_STEP === 0) yield;
    if (!isServable(model, row) || isExpired(model, row, nowMs)) notShown++;
    else if (!hasVector(model.embeddings, row, d)) withoutVector++;
    else {
      rows.push(row);
      untilMs = Math.min(untilMs, model.expiresAtMs[row]! || Infinity);
    }
  }
  return { rows: Uint32Array.from(rows), untilMs, withoutVector, notShown };
}

/** Times that the posts with these keys were shown. */
function* countsOf(keys: readonly number[], { counts }: ShownTally): Steps<number[]> {
  const shown: number[] = [];
  for (const [n, key] of keys.entries()) {
    if (n % ROWS_A_STEP === 0) yield;
    shown.push(counts.get(key) ?? 0);
  }
  return shown;
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

/** The columns of `rows` that have an id. */
function* columnsOf(
  { postKeys, categoryRows, createdAtMs }: Model,
  rows: Uint32Array,
  coordinates: Float32Array,
  idOf: readonly (PostId | undefined)[],
): Steps<MapPosts & { readonly keys: readonly number[] }> {
  const [ids, keys]: [PostId[], number[]] = [[], []];
  const [x, y, categories, created]: number[][] = [[], [], [], []];
  for (const [n, row] of rows.entries()) {
    if (n % ROWS_A_STEP === 0) yield;
    const id = idOf[n];
    if (id === undefined) continue;
    ids.push(id);
    keys.push(postKeys[row]!);
    x!.push(coordinates[2 * n]!);
    y!.push(coordinates[2 * n + 1]!);
    categories!.push(categoryRows[row]!);
    created!.push(createdAtMs[row]!);
  }
  return { ids, keys, x: x!, y: y!, categoryRows: categories!, createdAtMs: created!, shown: undefined }; // prettier-ignore
}
