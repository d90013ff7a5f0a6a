/** Checks of faulty parts: they repeat requests of real people, whom nobody shows the repeated page. */
import { expect, spyOn, test } from "bun:test";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { RecommendationsRequest } from "../../src/feed/contract.ts";
import { asPreview, openFaults } from "../../src/feed/faults.ts";
import type { Failure } from "../../src/ranking/attempt.ts";
import { ask, encodeWords, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS } from "../support/model.ts";

const faultsOf = (page: { readonly faults?: readonly Failure[] } | undefined) => page?.faults ?? [];
const request = (
  session: string | undefined,
  cursor: string | undefined,
): RecommendationsRequest => ({
  ...{ user: "ada" as UserId, category: undefined, mood: undefined, session, cursor, limit: 2 },
  ...{ exclude: [] as PostId[], cards: false, explain: false },
});

test.each([undefined, "s"])(
  "a check logs no page and finds what works again: session %p",
  async (session) => {
    using folder = temporaryFolder();
    using world = openWorld(
      folder.path,
      Array.from({ length: 12 }, () => ({})),
    );
    await world.fill();
    world.learn();
    const it = world.serve(encodeWords, () => AS_OF_MS);
    const faults = openFaults(({ stage }) => stage, () => {}); // prettier-ignore
    const feed = faults.watched("feed", it.feed, faultsOf, asPreview);
    const recommend = faults.watched("recommendations", it.recommend, faultsOf, asPreview);
    const { cursor } = (await recommend(request(session, undefined)))!;
    const { scorers } = it.registry.current()!.ranker.pipeline;
    using broken = spyOn(
      scorers.find(({ name }) => name === "fresh")!,
      "score",
    );
    broken.mockImplementation(() => {
      throw new TypeError("broken");
    });
    await ask(feed, { username: "ada" });
    await world.did("ada", { post: 101, kind: "like" }); // so that the session's next page is ranked anew
    await recommend(request(session, cursor));
    const logged = async () => {
      await it.servedLog.flush();
      return it.servedLog.after(0, 100);
    };
    const before = await logged();
    expect([before.length, faults.all()]).toEqual([3, ["term:fresh"]]);
    for (let n = 0; n < 3; n++) await faults.check();
    expect([await logged(), faults.all()]).toEqual([before, ["term:fresh"]]);
    broken.mockRestore();
    await faults.check();
    expect([await logged(), faults.all()]).toEqual([before, []]);
  },
);
