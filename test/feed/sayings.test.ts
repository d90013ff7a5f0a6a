/** Explanations name posts of the person's own history by what they did to them, and say what a post lacks. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import type { PostId, PostKey, UserId } from "../../src/domain/ids.ts";
import { dislikeVerbFor } from "../../src/feed/sayings.ts";
import { POPULARITY, TALLIED } from "../../src/models/popularity/popularity.ts";
import { TRENDING } from "../../src/models/trending/model.ts";
import { append } from "../support/changes.ts";
import { ask, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS } from "../support/model.ts";
import { history } from "../support/histories.ts";
import { popularFrom } from "../support/sketch.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const POSTS = Array.from({ length: 60 }, (_, n) => ({
  ...{ category: "abc"[n % 3]!, popularity: 0 },
  isPlaceholder: n === 58,
}));
/** Post 110 is like 101, post 111 follows 102; 150 is like 140 alone, and 159, a placeholder, like 141. */
const SKETCH = {
  neighbours: [[0, 9, 0.9], [49, 39, 0.8], [39, 49, 0.8], [58, 40, 0.8], [40, 58, 0.8]],
  successors: [[1, 10, 0.9]],
} as const; // prettier-ignore

const folder = temporaryFolder();
const world = openWorld(folder.path, POSTS);
const event = (postId: string, kind: "view" | "like", over = {}, user = "1") => ({
  ...{ userId: user as UserId, postId: postId as PostId, kind, value: 1 },
  ...{ claimedAtMs: AS_OF_MS, ...over },
});
beforeAll(async () => {
  await world.fill();
  await world.user(1, "ada");
  await world.user(2, "bob");
  const finished = event("101", "view", { watchedMs: 9_800, durationMs: 10_000 });
  await append(world.store, [finished, event("102", "view"), event("102", "like")], { receivedAtMs: AS_OF_MS, origin: "app" }); // prettier-ignore
  world.learn(SKETCH);
});
afterAll(() => {
  world[Symbol.dispose]();
  folder[Symbol.dispose]();
});

const why = async (post: string, username = "ada") => {
  const { why: answer } = world.serve();
  const request = { username, projectCode: undefined, mood: undefined };
  const told = await answer({ ...request, post: post as PostId });
  if (told === undefined || told === "unknown post") throw new Error("no answer");
  return told;
};
const reasons = async (id: string, username = "ada") => {
  const page = await ask(world.serve().feed, { username, explain: true, pageSize: 60 });
  return page.explain!.find((it) => it.id === id)!.reasons;
};

describe("a reason", () => {
  test("names what the person finished or liked, and never a post that they had nothing to do with", async () => {
    expect(await reasons("110")).toContain(
      "because you finished “post 101”, and people who like that like this",
    );
    expect(await reasons("111")).toContain(
      "because you liked “post 102”, after which this often comes",
    );
    const page = await ask(world.serve().feed, { username: "ada", explain: true, pageSize: 60 });
    const named = page.explain!.flatMap(
      ({ reasons: all }) => all.join().match(/“post \d+”/g) ?? [],
    );
    expect([...new Set(named)].sort()).toEqual(["“post 101”", "“post 102”"]);
  });

  test("names nothing to a stranger", async () => {
    expect((await reasons("110", "stranger")).join()).not.toContain("because you");
  });

  test("names no post that may not be shown any more", async () => {
    await world.post(101, { isPublic: false });
    expect((await reasons("110")).join()).not.toContain("post 101");
    await world.post(101);
  });

  test("shortens a long title, and cuts no emoji in half", async () => {
    await world.post(101, { title: `${"x".repeat(58)}🍞, rolls and more` });
    expect((await reasons("110")).join()).toContain(`“${"x".repeat(58)}…”`);
    await world.post(101);
  });

  test("is the same in the answer to why", async () => {
    expect((await why("110")).sentences.join(" ")).toContain("Because you finished “post 101”");
  });
});

test("a reason says in which category a post is popular this week, and not a week later", async () => {
  using own = temporaryFolder();
  const running = Array.from({ length: 30 }, () => ({ category: "running" }));
  using other = openWorld(own.path, running);
  await other.fill();
  const trending = Float32Array.from(running, (_, row) => (row === 0 ? 2 : 0));
  const tally = new Float32Array(TALLIED * running.length);
  const part = { info: { params: TRENDING }, columns: { trending, tally } };
  other.learn({ parts: { trending: part } });
  const first = async (nowMs: number) => {
    const page = await ask(other.serve(undefined, () => nowMs).feed, { explain: true });
    return page.explain!.map((it) => it.reasons[0]);
  };
  const said = "popular in running this week";
  expect((await first(AS_OF_MS)).map((it) => it === said)).toEqual([true, ...Array<boolean>(4).fill(false)]); // prettier-ignore
  expect(await first(AS_OF_MS + 7 * 86_400_000)).not.toContain(said);
});

test("no post is called popular that nobody has liked: its text leads to expect it", async () => {
  using own = temporaryFolder();
  const posts = Array.from({ length: 30 }, () => ({ ageDays: 9 }));
  using other = openWorld(own.path, posts);
  await other.fill();
  const prior = Float32Array.from(posts, (_, row) => (row < 2 ? 4 : 0));
  const expected = Math.log1p(POPULARITY.priorWeight * 4);
  const part = popularFrom(
    Float32Array.from(posts, (_, row) => [expected, 2 * expected][row] ?? 0),
  );
  other.learn({ parts: { popular: { ...part, columns: { ...part.columns, prior } } } });
  const page = await ask(other.serve().feed, { explain: true });
  const reasonOf = (id: string) => page.explain!.find((it) => it.id === id)!.reasons.join();
  expect(reasonOf("101")).toContain("is about what does well with everybody");
  expect(reasonOf("102")).toContain("does well with everybody at the moment");
});

describe("what a post lacks", () => {
  test("is nothing for one of the first twenty", async () => {
    expect((await why("110")).lacks).toBeUndefined();
  });

  test("is a score, or the like of a post, that brings it there", async () => {
    const { lacks, rank, sentences } = await why("150", "bob");
    expect(rank).toBeGreaterThan(20);
    expect(lacks).toMatchObject({ first: 20, like: { id: "140", title: "post 140" } });
    expect(sentences.slice(-2)).toEqual([
      `It would be among the first 20 with a score higher by ${lacks!.score!.toFixed(2)}.`,
      "It would be among the first 20 after a like of “post 140” (140).",
    ]);
    await append(world.store, [event("140", "like", {}, "2")], {
      receivedAtMs: AS_OF_MS,
      origin: "app",
    });
    expect((await why("150", "bob")).rank).toBeLessThanOrEqual(20);
  });

  test("is no like that would not bring it there: placeholders stand below all others", async () => {
    expect((await why("159")).lacks?.like).toBeUndefined();
  });

  test("is no like where no related post is of use", async () => {
    expect((await why("149", "stranger")).lacks?.like).toBeUndefined();
  });
});

test("a post was turned down by what was said on purpose, not by a skip", () => {
  const verb = (...kinds: ("skip" | "hide")[]) =>
    dislikeVerbFor(history(...kinds.map((kind) => ({ post: 1, kind }))), 1 as PostKey);
  expect([verb("skip"), verb("skip", "hide"), verb()]).toEqual([undefined, "hid", undefined]);
});
