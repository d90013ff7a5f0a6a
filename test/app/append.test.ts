/** Events that clients tell a running service: stored by the writer thread, seen by the next request. */
import { afterEach, expect, test } from "bun:test";
import { knowSignals } from "../../src/domain/known-signals.ts";
import { idsOn } from "../support/feeds.ts";
import { appsOfEachTest, feedOf } from "./apps.ts";

const { open } = appsOfEachTest();
afterEach(() => knowSignals([]));

test("kinds that the setting adds go through every thread, and count once they are learnt", async () => {
  const { app } = open({ SIGNALS: "boring:-1,purchase:1.5" });
  await app.cycle.sync(false);
  const tell = (kind: string) => app.service.push.events([{ user: "7", post: "3", kind }]);
  expect(await tell("purchase")).toMatchObject({ accepted: 1 });
  expect((await tell("refund")).refused[0]!.detail).toContain("purchase");
  await app.cycle.learn({ encoder: undefined });
  const { weights } = app.registry.current()!.ranker.model.info.confidence;
  expect(weights["purchase"]! / weights["boring"]!).toBeCloseTo(-1.5, 6);
  expect(idsOn(await feedOf(app)).at(-1)).toBe(3); // it is seen
});

test("a like, and its withdrawal, show in the user's next feed once they are acknowledged", async () => {
  const { app } = open();
  await app.cycle.sync(false);
  await app.cycle.learn({ encoder: undefined });
  const tell = (id: string, event: object) =>
    app.service.push.events([{ user: "7", post: id, kind: "like", ...event }]);
  const upvoted = async () => {
    const { posts } = await feedOf(app);
    return posts.filter((it) => it.upvoted).map((it) => /"id":(\d+)/.exec(it.card.head)![1]!);
  };
  const before = await upvoted();
  const other = (await feedOf(app)).posts.find((it) => !it.upvoted)!;
  const [, id] = /"id":(\d+)/.exec(other.card.head)!;
  expect(await tell(id!, { id: "one" })).toEqual({ accepted: 1, duplicates: 0, refused: [] });
  expect((await upvoted()).sort()).toEqual([...before, id!].sort());
  expect(await tell(id!, { id: "one" })).toEqual({ accepted: 0, duplicates: 1, refused: [] });
  await tell(id!, { id: "two", value: 0 });
  expect(await upvoted()).not.toContain(id!);
});
