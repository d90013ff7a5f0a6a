/** Sessions of recommendations: no post comes twice, whatever is asked. */
import { describe, expect, spyOn, test } from "bun:test";
import { LIST_DEPTH } from "../../src/feed/list-inputs.ts";
import { encodeWords, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS } from "../support/model.ts";
import { ALL, idsIn, twelvePosts } from "./twelve-posts.ts";

const catalogue = twelvePosts();
const { recommend, walk } = catalogue;

describe("a session", () => {
  const session = "s/1";

  test("has no post twice, whatever is asked, until there is none left", async () => {
    const first = idsIn(await recommend({ session }));
    const inCategory = idsIn(await recommend({ session, category: "a" }));
    const others = idsIn(await recommend({ session, limit: 100 }));
    expect([...first, ...inCategory, ...others].toSorted()).toEqual(ALL);
    expect(await recommend({ session })).toMatchObject({ items: [], cursor: undefined });
    expect((await recommend({ session, explain: true })).trace!.keptOut.served).toBe(12);
    expect((await recommend({ session: "s/2" })).items).toHaveLength(5);
    expect((await recommend({ session, user: "other" })).items).toHaveLength(5);
    expect((await recommend()).items).toHaveLength(5);
  });

  test("remembers nothing of a preview", async () => {
    const first = idsIn(await recommend({ session }));
    const preview = idsIn(await recommend({ session, isPreview: true }));
    expect(preview).not.toEqual(first);
    expect(idsIn(await recommend({ session }))).toEqual(preview);
  });

  test("passes over what another list of it showed, on the next page", async () => {
    const first = await recommend({ session });
    const between = idsIn(await recommend({ session, limit: 3 }));
    const next = await recommend({ session, cursor: first.cursor });
    expect([...idsIn(first), ...between, ...idsIn(next)].toSorted()).toEqual(ALL);
    expect(next.items[0]!.position).toBe(6);
  });

  test("shares no post between requests at the same time", async () => {
    const pages = await Promise.all([1, 2, 3].map(() => recommend({ session, limit: 4 })));
    expect(pages.flatMap(idsIn).toSorted()).toEqual(ALL);
  });

  test("goes on in its first list after two thousand others took its place in the cache", async () => {
    const { ids } = await walk();
    const first = await recommend({ session });
    for (let n = 0; n < 2_100; n++) await recommend({ user: `other ${n}`, limit: 1 });
    const second = await recommend({ session, cursor: first.cursor });
    expect([idsIn(second), second.fallback]).toEqual([ids.slice(5, 10), first.fallback]);
  });

  test("explains the posts that it serves", async () => {
    const { items } = await recommend({ session, explain: true });
    expect(items).toHaveLength(5);
    for (const { explain } of items) expect(explain!.sources).not.toBeEmpty();
  });

  test("goes on where its list ends before the posts do", async () => {
    using folder = temporaryFolder();
    const posts = Array.from({ length: LIST_DEPTH + 30 }, (_, n) => ({ id: n + 1, category: `c${n % 7}` })); // prettier-ignore
    using world = openWorld(folder.path, posts);
    await world.fill();
    world.learn();
    const by = world.serve(encodeWords, () => AS_OF_MS);
    const { ids } = await walk({ session, limit: 100 }, () => {}, by);
    expect([ids.length, new Set(ids).size]).toEqual([posts.length, posts.length]);
  });

  test("says of a page that is asked for again what failed when it was made", async () => {
    const { scorers } = catalogue.served.registry.current()!.ranker.pipeline;
    const broken = spyOn(
      scorers.find(({ name }) => name === "fresh")!,
      "score",
    );
    broken.mockImplementation(() => {
      throw new TypeError("broken");
    });
    const { cursor } = await recommend({ session });
    const made = await recommend({ session, cursor });
    broken.mockRestore();
    const again = await recommend({ session, cursor }, catalogue.process());
    expect([made.fallback, again.fallback]).toEqual([["term:fresh"], ["term:fresh"]]);
    expect(idsIn(again)).toEqual(idsIn(made));
  });
});
