/** A creator whom a person hides is on no page of theirs any more, whatever list or session it goes on in. */
import { expect, test } from "bun:test";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { Recommendations, RecommendationsRequest } from "../../src/feed/contract.ts";
import { change } from "../support/changes.ts";
import { openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS } from "../support/model.ts";

const ADA = "1" as UserId;
const POSTS = Array.from({ length: 30 }, (_, n) => ({ creator: `c${n % 3}` }));
/** The posts of the creator who is hidden. */
const HIS = new Set(POSTS.flatMap((it, n) => (it.creator === "c1" ? [String(101 + n)] : [])));

type Recommend = (request: RecommendationsRequest) => Promise<Recommendations | undefined>;

const next = async (recommend: Recommend, over: Partial<RecommendationsRequest>) =>
  (await recommend({
    ...{ user: ADA, category: undefined, mood: undefined, limit: 6, exclude: [] },
    ...{ session: undefined, cards: false, explain: false, cursor: undefined, ...over },
  }))!;
const idsOf = ({ items }: Recommendations): PostId[] => items.map((it) => it.id);
const hisAmong = (page: Recommendations) => idsOf(page).filter((id) => HIS.has(id)).length;

test.each([
  ["lists", undefined],
  ["sessions of an app", "s-1"],
])(
  "on pages of %s: next ones, retried ones and a refresh, of every process",
  async (_, session) => {
    using folder = temporaryFolder();
    using world = openWorld(folder.path, POSTS);
    await world.fill();
    await world.user(1, "ada");
    world.learn();
    const processes = [1, 2].map(() => world.serve(undefined, () => AS_OF_MS).recommend);
    const [one, other] = processes as [Recommend, Recommend];
    const first = await next(one, { session });
    const second = await next(one, { session, cursor: first.cursor });
    expect(hisAmong(first) + hisAmong(second)).toBeGreaterThan(0);
    await change(world.store, "steer", ADA, { way: "hide", target: "creator", id: "c1" }, AS_OF_MS);
    for (const recommend of [one, other]) {
      expect(hisAmong(await next(recommend, { session, cursor: first.cursor }))).toBe(0); // retried
      const shown = new Set<PostId>();
      for (let cursor = second.cursor; cursor !== undefined;) {
        const page = await next(recommend, { session, cursor });
        expect(hisAmong(page)).toBe(0);
        for (const id of idsOf(page)) expect([id, shown.has(id)]).toEqual([id, false]);
        for (const id of idsOf(page)) shown.add(id);
        cursor = page.cursor;
      }
      expect(hisAmong(await next(recommend, { session: session && "s-2", limit: 30 }))).toBe(0);
    }
  },
);
