/** Tried lists: those of other factors, and of the snapshot before. */
import { expect, test } from "bun:test";
import type { UserId } from "../../../src/domain/ids.ts";
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
