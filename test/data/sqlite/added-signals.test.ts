/** Signals that a setting adds: they keep their codes and what was done, whatever the setting says later. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { PostId, UserId, UserKey } from "../../../src/domain/ids.ts";
import {
  builtInWeights,
  isSignal,
  knowSignals,
  signalNamed,
  signalNames,
  signalOf,
  signalWeights,
  type SignalName,
} from "../../../src/domain/known-signals.ts";
import type { Event } from "../../../src/domain/event.ts";
import { openStore, openStoreToRead } from "../../../src/data/sqlite/open.ts";
import { Refusal } from "../../../src/ingest/rows/refusal.ts";
import { readRow } from "../../../src/ingest/rows/row.ts";
import { rowSchema } from "../../../src/ingest/rows/json-schema.ts";
import { presentConfidence, preferencesOf, scalesOf } from "../../../src/models/confidence.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { append } from "../../support/changes.ts";

const ADA = 1 as UserKey;
const did = (kind: string, post: number): Event => ({
  userId: "ada" as UserId,
  postId: String(post) as PostId,
  kind: kind as SignalName,
  value: 1,
  claimedAtMs: post,
});
const RECEIPT = { receivedAtMs: 100, origin: "app" };
const sent = (kind: string) => readRow("events", { user: "ada", post: "1", kind }, 0);

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder.path, "store.db");
});
afterEach(() => {
  folder[Symbol.dispose]();
  knowSignals([]);
});

/** Kinds of Ada's events, and her confidence in their posts. */
async function known(store: ReturnType<typeof openStore>): Promise<unknown[]> {
  const history = await store.events.history(ADA);
  const { confidence } = preferencesOf(history, scalesOf(history), 0, presentConfidence()); // prettier-ignore
  return Array.from(history.kinds, (code, n) => [signalNamed(code), Math.round(confidence[n]! * 100) / 100]); // prettier-ignore
}

describe("kinds that a setting adds", () => {
  test("keep what was done when the setting lists them in another order, with new ones and new weights", async () => {
    {
      using store = openStore(path, { purchase: 1.5, boring: -1 });
      await append(store, [did("purchase", 1), did("boring", 2), did("view", 3)], RECEIPT);
      expect(await known(store)).toEqual([["purchase", 1.5], ["boring", -1], ["view", 0.4]]); // prettier-ignore
    }
    using store = openStore(path, { fresh: 2, boring: -2, purchase: 1 });
    await append(store, [did("fresh", 4)], RECEIPT);
    expect(await known(store)).toEqual([["purchase", 1], ["boring", -2], ["view", 0.4], ["fresh", 2]]); // prettier-ignore
    expect(["purchase", "boring", "fresh"].map((it) => signalOf(it as SignalName).code)).toEqual([
      128, 129, 130,
    ]);
  });

  test("are refused once they left the setting, and keep their last weight in what is stored", async () => {
    {
      using store = openStore(path, { purchase: 1.5, boring: -1 });
      await append(store, [did("purchase", 1)], RECEIPT);
      expect(sent("purchase")).not.toBeInstanceOf(Refusal);
    }
    using store = openStore(path, { boring: -1 });
    expect(await known(store)).toEqual([["purchase", 1.5]]);
    expect(sent("purchase")).toEqual(
      new Refusal("kind", `expected one of ${signalNames().join(", ")}, got "purchase"`),
    );
    expect(signalNames()).toContain("boring" as SignalName);
    expect(signalNames()).not.toContain("purchase" as SignalName);
    using again = openStore(path, { other: 1, purchase: 2 });
    expect(await known(again)).toEqual([["purchase", 2]]);
  });

  test("are known to threads that only read kinds, and to who can't write", async () => {
    {
      using store = openStore(path, { purchase: 1.5 });
      await append(store, [did("purchase", 1)], RECEIPT);
    }
    knowSignals([]);
    using thread = openStore(path);
    expect(await known(thread)).toEqual([["purchase", 1.5]]);
    knowSignals([]);
    using reader = openStoreToRead(path, { purchase: 1, unheard: 3 });
    expect(await known(reader)).toEqual([["purchase", 1.5]]);
    expect(["purchase", "unheard"].map(isSignal)).toEqual([true, false]);
  });

  test("are in the schema of events", () => {
    using _ = openStore(path, { purchase: 1.5 });
    const { kind } = rowSchema("events")["properties"] as { kind: { enum: string[] } };
    expect(kind.enum).toEqual(signalNames());
    expect(kind.enum.at(-1)).toBe("purchase");
  });

  test("can be taken back, and are liked, or disliked and out of the feed", async () => {
    using store = openStore(path, { purchase: 1.5, boring: -1 });
    await append(store, [did("purchase", 1), did("boring", 2)], RECEIPT);
    await append(store, [{ ...did("boring", 2), claimedAtMs: 9, isWithdrawal: true }], RECEIPT); // prettier-ignore
    expect(await known(store)).toEqual([["purchase", 1.5], ["boring", 0]]); // prettier-ignore
    const of = ({ isSeen, isPopular, isStep }: ReturnType<typeof signalOf>) => [isSeen, isPopular, isStep]; // prettier-ignore
    expect(of(signalOf("purchase" as SignalName))).toEqual([true, true, true]);
    expect(of(signalOf("boring" as SignalName))).toEqual([true, false, false]);
  });

  test("are at most 128 in the life of a store", () => {
    const many = Object.fromEntries(Array.from({ length: 128 }, (_, n) => [`kind_${n}`, 1]));
    openStore(path, many).close();
    expect(signalNames()).toHaveLength(13 + 128);
    expect(() => openStore(path, { one_more: 1 })).toThrow(/no room for one_more: .* at most 128/);
  });
});

test("a built-in kind gets the weight of the setting, and its own back once somebody serves without", () => {
  openStore(path, { view: 0.1, hide: -2 }).close();
  expect(signalWeights()).toMatchObject({ view: 0.1, hide: -2, like: 0.6 });
  expect(signalOf("hide").strength.isAbsolute).toBe(true);
  openStore(path).close();
  expect(signalWeights()["view"]).toBe(0.1);
  openStore(path, { like: 0.5 }).close(); // another command
  expect(signalWeights()).toMatchObject({ view: 0.1, like: 0.5 });
  openStore(path, builtInWeights()).close();
  expect(signalWeights()).toMatchObject({ view: 0.4, hide: -1 });
});
