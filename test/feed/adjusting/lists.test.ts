/** Tried lists: those of other factors, and of the snapshot before. */
import { expect, test } from "bun:test";
import type { UserId } from "../../../src/domain/ids.ts";
import { movesOf } from "../../../src/feed/adjusting/list-figures.ts";
import { operatorsAdjusting } from "../../../src/feed/adjusting/service.ts";
import { NEW, OLD, POSTS, someWorld } from "../../support/adjusted-world.ts";
import { ask, idsOn } from "../../support/feeds.ts";

const SOMEBODY = { user: "somebody" as UserId, category: undefined, mood: undefined };

test("a tried list is the one of its factors and its snapshot", async () => {
  using here = await someWorld();
  const { feed, registry, tryList } = here;
  const now = await tryList(SOMEBODY, registry.current()!, undefined);
  expect(now).toMatchObject({ audience: "cold", snapshot: registry.current()!.id });
  expect(now.ids.map(Number)).toEqual(idsOn(await ask(feed, { pageSize: 20 })));
  expect(Number((await tryList(SOMEBODY, registry.current()!, { popular: 0 })).ids[0])).toBe(NEW);
});

test("a tried list leaves out posts that have gone since", async () => {
  using here = await someWorld();
  const { world, registry, tryList } = here;
  await world.post(OLD, { isLocked: true });
  const { ids } = await tryList(SOMEBODY, registry.current()!, undefined);
  expect(ids.map(Number)).not.toContain(OLD);
  expect(ids).toHaveLength(20);
});

test("the operator has lists by version, and by the snapshot before, as far as these are there", async () => {
  using here = await someWorld();
  const { world, adjusting, registry, tryList, previewAdjusting: preview } = here;
  const older: string[] = [];
  const { list } = operatorsAdjusting({
    ...{ adjusting, registry, tryList, preview, exploreShare: 0 },
    before: () => older[0],
  });
  const firstBy = async (version: number | undefined, isOlder: boolean) => {
    const found = await list({ ...SOMEBODY, version, isOlder });
    return typeof found === "object" ? Number(found.ids[0]) : found;
  };
  await adjusting.save({ popular: 0 });
  await adjusting.save({ popular: 2 });
  expect(await firstBy(undefined, false)).toBe(OLD);
  expect(await firstBy(0, false)).toBe(OLD);
  expect(await firstBy(1, false)).toBe(NEW);
  expect(await firstBy(9, false)).toBe("version");
  expect(await firstBy(0, true)).toBe("snapshot");
  older.push(registry.current()!.id);
  world.learn({}, POSTS.map((it) => ({ ...it, popularity: 30 - it.popularity! }))); // prettier-ignore
  await registry.poll();
  expect(await firstBy(0, true)).toBe(OLD);
  expect(await firstBy(0, false)).not.toBe(OLD);
});

test("moves are those among the first twenty posts, as means over all requests", () => {
  const first = Array.from({ length: 25 }, (_, n) => n);
  const listOf = (rows: number[]) => ({ rows: Uint32Array.from(rows), contests: [] });
  const swapped = [1, 0, ...first.slice(2)];
  const replaced = [...first.slice(0, 19), 24, ...first.slice(20, 24), 19];
  const behind = [...first.slice(0, 20), ...first.slice(20).toReversed()];
  const moves = (...after: number[][]) =>
    movesOf(after.map((it) => ({ before: listOf(first), after: listOf(it) })));
  expect(moves(behind)).toEqual({ replaced: 0, places: 0 });
  expect(moves(replaced).replaced).toBeCloseTo(1 / 20, 12);
  expect(moves(swapped)).toEqual({ replaced: 0, places: 2 / 20 });
  expect(moves(swapped, behind)).toEqual({ replaced: 0, places: 1 / 20 });
  expect(moves()).toEqual({ replaced: 0, places: 0 });
});
