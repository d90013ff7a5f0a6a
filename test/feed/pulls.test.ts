/** Pulls of people who have asked for a lot. */
import { expect, test } from "bun:test";
import { intentReader } from "../../src/feed/intent.ts";
import { hiddenRows, postSteers, POSTS_MAX, pullReader } from "../../src/feed/pulls.ts";
import type { SignalName } from "../../src/domain/known-signals.ts";
import { encodeNothing } from "../support/feeds.ts";
import { history } from "../support/histories.ts";
import { AS_OF_MS, modelOf, rowsOf } from "../support/model.ts";

const DAY_MS = 86_400_000;
const POSTS = Array.from({ length: 300 }, (_, n) => ({
  creator: `creator ${n}`,
  ...(n % 2 === 0 && { vector: [1, n, 1] }),
}));
/** All posts, each asked for a day after the one before. */
const wishes = (kind: SignalName) =>
  history(...POSTS.map((_, n) => ({ post: 101 + n, kind, atMs: AS_OF_MS - (300 - n) * DAY_MS })));

test("of three hundred requests about posts, the five newest with a vector are searched for, once a model", async () => {
  const model = modelOf(POSTS);
  const searched: number[] = [];
  const nearest = ([, y]: Float32Array) => (searched.push(y!), Uint32Array.of(0));
  const snapshot = { ranker: { model, rowOf: rowsOf(model) }, nearest } as never;
  const read = pullReader(intentReader(encodeNothing), 15);
  const steering = { steers: [], sliders: undefined, posts: postSteers(wishes("more")) };
  const { pulls } = (await read(steering, snapshot, AS_OF_MS))!;
  const newest = [298, 296, 294, 292, 290].map((n) => model.embeddings[3 * n + 1]!);
  expect(searched).toEqual(newest);
  expect(pulls.map(({ about }) => about[1])).toEqual(newest);
  expect(await read(steering, snapshot, AS_OF_MS)).toEqual({ hidden: new Uint32Array(0), pulls });
  expect(searched).toHaveLength(5);
});

test("the newest requests about posts are kept", () => {
  const kept = postSteers(wishes("less"));
  expect([kept.length, kept[0]!.key, kept.at(-1)!.key]).toEqual([POSTS_MAX, 201, 400]);
});

test("posts of all hidden creators are out, in any number, and one that nobody knows hides nothing", () => {
  const model = modelOf(POSTS);
  const hide = (id: string) => ({ way: "hide", target: "creator", id, atMs: 0 }) as const;
  const steers = [...POSTS.slice(10).map((it) => hide(it.creator)), hide("nobody")];
  expect(hiddenRows({ steers, sliders: undefined }, model)).toEqual(
    Uint32Array.from({ length: 290 }, (_, n) => n + 10),
  );
});
