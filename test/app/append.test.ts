/** Events that clients tell a running service: stored by the writer thread, seen by the next request. */
import { expect, test } from "bun:test";
import type { Event } from "../../src/domain/event.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { appsOfEachTest, feedOf } from "./apps.ts";

const { open } = appsOfEachTest();

test("a like, and its withdrawal, show in the user's next feed once they are acknowledged", async () => {
  const { app } = open();
  await app.cycle.sync(false);
  await app.cycle.learn({ encoder: undefined });
  const like = {
    userId: "7" as UserId,
    kind: "like",
    value: 1,
    claimedAtMs: Date.now(),
    clientId: "one",
  } as const;
  const tell = (event: Omit<Event, "postId">, id: string) =>
    app.append([{ ...event, postId: id as PostId }], {
      receivedAtMs: Date.now(),
      origin: "client",
    });
  const upvoted = async () => {
    const { posts } = await feedOf(app);
    return posts.filter((it) => it.upvoted).map((it) => /"id":(\d+)/.exec(it.card.head)![1]!);
  };
  const before = await upvoted();
  const other = (await feedOf(app)).posts.find((it) => !it.upvoted)!;
  const [, id] = /"id":(\d+)/.exec(other.card.head)!;
  expect(await tell(like, id!)).toEqual({ accepted: 1, duplicates: 0 });
  expect((await upvoted()).sort()).toEqual([...before, id!].sort());
  expect(await tell(like, id!)).toEqual({ accepted: 0, duplicates: 1 });
  await tell({ ...like, clientId: "two", isWithdrawal: true }, id!);
  expect(await upvoted()).not.toContain(id!);
});
