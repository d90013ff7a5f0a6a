/** The table of signals: every entry is whole, and no two are stored alike. */
import { describe, expect, test } from "bun:test";
import type { Event } from "../../src/domain/event.ts";
import type { PostId, UserId, UserKey } from "../../src/domain/ids.ts";
import type { Signal } from "../../src/domain/signal.ts";
import {
  signalNamed,
  signalNames,
  signalOf,
  type SignalName,
} from "../../src/domain/known-signals.ts";
import { SIGNALS } from "../../src/domain/signals.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { ENDPOINTS } from "../../src/data/scans.ts";
import { vocabulary } from "../../src/linalg/vocabulary.ts";
import { MARKS, presentConfidence, scalesOf, preferencesOf } from "../../src/models/confidence.ts";
import { inOrder, signalsOf } from "../../src/training/matrix.ts";
import { histories, history, type Done } from "../support/histories.ts";
import { append } from "../support/changes.ts";

const CONFIDENCE = presentConfidence();

/** The compiler's verdict on an entry that lacks a field. */
type Incomplete = {
  [Field in keyof Signal]-?: Omit<Signal, Field> extends Signal ? "compiles" : "is refused";
};
type EveryField = Readonly<Record<keyof Signal, "is refused">>;
/** Doesn't compile if the compiler accepts an entry without one of its fields. */
export const proof: (incomplete: Incomplete) => EveryField = (it) => it;

describe("the table of signals", () => {
  test("keeps the codes that stores were written with", () => {
    const { view, like, inspire, rating } = SIGNALS;
    expect([view, like, inspire, rating].map((it) => it.code)).toEqual([0, 1, 2, 3]);
  });

  test("gives each signal a code of its own, of a byte", () => {
    expect(signalNames().map((it) => signalNamed(signalOf(it).code))).toEqual(signalNames());
    for (const it of signalNames()) expect(signalOf(it).code).toBeWithin(0, 256);
    expect(signalNamed(255)).toBeUndefined();
  });

  test("reads one signal by quantile: models hold one distribution", () => {
    const byQuantile = signalNames().filter((it) => signalOf(it).strength.by === "quantile");
    expect(byQuantile).toHaveLength(1);
  });
});

describe("share and skip, which Socialverse does not send", () => {
  const [ADA, SHARED, SKIPPED] = ["1" as UserId, "7" as PostId, "8" as PostId];
  const did = (kind: SignalName, postId: PostId, claimedAtMs: number): Event => ({
    ...{ userId: ADA, postId, kind, value: 1, claimedAtMs },
  });

  test("are stored, come back in the history, and count for and against the post", async () => {
    using store = openStore(":memory:");
    const done = [did("share", SHARED, 10), did("view", SKIPPED, 20), did("skip", SKIPPED, 30)];
    const receipt = { receivedAtMs: 100, origin: "app" };
    expect(await append(store, done, receipt)).toEqual({
      accepted: 3,
      duplicates: [],
    });
    const stored = await store.events.history(1 as UserKey);
    expect(Array.from(stored.kinds, signalNamed)).toEqual(["share", "view", "skip"]);
    const { postKeys, confidence } = preferencesOf(stored, scalesOf(stored), 100, CONFIDENCE);
    expect([...postKeys]).toEqual([1, 2]);
    expect(confidence[0]).toBeCloseTo(0.6, 6);
    expect(confidence[1]).toBeCloseTo(0.4 - 0.5, 6);
  });

  test("count nothing in a model that is older than they are", () => {
    const { share: _, skip: __, ...weights } = CONFIDENCE.weights;
    const older = { ...CONFIDENCE, weights };
    const done = history({ post: 7, kind: "share" }, { post: 8, kind: "skip" });
    const { postKeys, confidence } = preferencesOf(done, scalesOf(done), 0, older);
    expect([...postKeys]).toEqual([7, 8]);
    expect([...confidence]).toEqual([0, 0]);
  });

  test("are not asked of upstream, and have words", () => {
    expect(ENDPOINTS).toEqual(["users", "posts", "view", "like", "inspire", "rating"]);
    expect([SIGNALS.share.words, SIGNALS.skip.words]).toEqual(["shared", "skipped"]);
  });
});

describe("what signals count as", () => {
  const of = (...done: Done[]) => preferencesOf(history(...done), scalesOf(history(...done)), 0, CONFIDENCE); // prettier-ignore
  const marksOf = (...done: Done[]) => {
    const { marks } = of(...done);
    return Object.entries(MARKS).flatMap(([name, bit]) => (marks[0]! & bit ? [name] : []));
  };
  const signOf = (...done: Done[]) => Math.sign(of(...done).confidence[0]!);

  test.each([
    ["view", 1, ["seen", "popular", "step"]],
    ["share", 1, ["seen", "popular", "step"]],
    ["bookmark", 1, ["seen", "popular", "step"]],
    ["comment", 1, ["seen", "popular", "step"]],
    ["skip", -1, ["seen"]],
    ["hide", -1, ["seen", "disliked"]],
    ["report", -1, ["seen", "disliked"]],
    ["more", 1, []],
    ["less", -1, ["disliked"]],
  ] as const)("%s", (kind, sign, marks) => {
    expect(marksOf({ post: 7, kind })).toEqual([...marks]);
    expect(signOf({ post: 7, kind })).toBe(sign);
  });

  test("a hidden or reported post is disliked whatever else the person did", () => {
    const loved = (["view", "like", "share", "bookmark", "more"] as const).map((kind) => ({ post: 7, kind })); // prettier-ignore
    expect(signOf(...loved)).toBe(1);
    for (const kind of ["hide", "report"] as const) {
      expect(signOf({ post: 7, kind }, ...loved)).toBe(-1);
      expect(marksOf({ post: 7, kind }, ...loved)).toContain("disliked");
    }
  });

  test("a hide that is taken back counts as seen alone", () => {
    expect(marksOf({ post: 7, kind: "hide", withdrawn: true })).toEqual(["seen"]);
  });

  test("a view and a skip are weakly negative, and no dislike", () => {
    const both = [{ post: 7, kind: "view" }, { post: 7, kind: "skip" }] as const; // prettier-ignore
    expect(of(...both).confidence[0]!).toBeCloseTo(-0.1, 6);
    expect(marksOf(...both)).toEqual(["seen", "popular", "step"]);
  });

  test("of what is liked, only steps teach an order, and only what was watched is popular", () => {
    const all = histories([
      { post: 1, kind: "view", atMs: 1 },
      { post: 2, kind: "more", atMs: 2 },
      { post: 3, kind: "like", atMs: 3 },
      { post: 4, kind: "hide", atMs: 4 },
    ]);
    const posts = vocabulary(Float64Array.of(1, 2, 3, 4));
    const signals = signalsOf(all, posts, scalesOf(all), 4, CONFIDENCE);
    expect([...signals.likes.columns]).toEqual([0, 1, 2]);
    expect([...inOrder(signals).columns]).toEqual([0, 2]);
    expect([...signals.entries.rows]).toEqual([0, 2]);
  });
});
