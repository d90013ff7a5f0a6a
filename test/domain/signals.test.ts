/** The table of signals: every entry is whole, and no two are stored alike. */
import { describe, expect, test } from "bun:test";
import type { Event } from "../../src/domain/event.ts";
import type { PostId, UserId, UserKey } from "../../src/domain/ids.ts";
import {
  SIGNALS,
  SIGNAL_NAMES,
  signalNamed,
  type Signal,
  type SignalName,
} from "../../src/domain/signals.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { ENDPOINTS } from "../../src/data/scans.ts";
import { CONFIDENCE, ratingScale, preferencesOf } from "../../src/models/confidence.ts";
import { history } from "../support/histories.ts";

/** What the compiler says of an entry that lacks a field. */
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
    expect(SIGNAL_NAMES.map((it) => signalNamed(SIGNALS[it].code))).toEqual(SIGNAL_NAMES);
    for (const it of SIGNAL_NAMES) expect(SIGNALS[it].code).toBeWithin(0, 256);
    expect(signalNamed(255)).toBeUndefined();
  });

  test("reads one signal by quantile: models hold one distribution", () => {
    const byQuantile = SIGNAL_NAMES.filter((it) => SIGNALS[it].strength.by === "quantile");
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
    expect(await store.events.append(done, receipt)).toEqual({ accepted: 3, duplicates: 0 });
    const stored = await store.events.history(1 as UserKey);
    expect(Array.from(stored.kinds, signalNamed)).toEqual(["share", "view", "skip"]);
    const { postKeys, confidence } = preferencesOf(stored, ratingScale(stored), 100, CONFIDENCE);
    expect([...postKeys]).toEqual([1, 2]);
    expect(confidence[0]).toBeCloseTo(0.6, 6);
    expect(confidence[1]).toBeCloseTo(0.4 - 0.5, 6);
  });

  test("count nothing in a model that is older than they are", () => {
    const { share: _, skip: __, ...older } = CONFIDENCE;
    const done = history({ post: 7, kind: "share" }, { post: 8, kind: "skip" });
    const { postKeys, confidence } = preferencesOf(done, ratingScale(done), 0, older);
    expect([...postKeys]).toEqual([7, 8]);
    expect([...confidence]).toEqual([0, 0]);
  });

  test("are not asked of upstream, and have words", () => {
    expect(ENDPOINTS).toEqual(["users", "posts", "view", "like", "inspire", "rating"]);
    expect([SIGNALS.share.words, SIGNALS.skip.words]).toEqual(["shared", "skipped"]);
  });
});
