/** Events that scans see: once each, beside what clients told, with times and ratings that no later scan undoes. */
import { describe, expect, test } from "bun:test";
import { ADA, viewed, rated, scan, own, opened } from "./logged.ts";

describe("what a scan sees", () => {
  test("is a user's history, oldest first", async () => {
    using log = opened();
    await log.record([viewed(9, 20), viewed(7, 10)], scan(1));
    expect(await log.known()).toEqual(["view 7@10=1", "view 9@20=1"]);
  });

  test("counts once if it is sent twice, the newest, and adds nothing when it is sent again", async () => {
    using log = opened();
    const views = [viewed(7, 10), viewed(7, 30), viewed(7, 20)];
    await log.record(views, scan(1));
    expect(await log.known()).toEqual(["view 7@30=1"]);
    const before = await log.lastSeq();
    for (const number of [2, 3])
      expect(await log.record(views, scan(number))).toEqual({ changed: 0, held: [] });
    expect(await log.lastSeq()).toBe(before);
  });

  test("stands beside what clients told, each kept as it is", async () => {
    using log = opened();
    await log.append([viewed(7, 10), viewed(7, 20)], own(25));
    await log.record([viewed(7, 20)], scan(1));
    await log.record([viewed(7, 90)], scan(2));
    expect(await log.known()).toEqual(["view 7@10=1", "view 7@20=1", "view 7@90=1"]);
  });

  test("clamps a time in the future to its first fetch, however often it is fetched again", async () => {
    using log = opened();
    for (const number of [1, 2]) await log.record([viewed(7, 5_000)], scan(number));
    expect(await log.known()).toEqual(["view 7@100=1"]);
  });

  test("takes a clamped time as claimed once it is past: the clock may have been behind", async () => {
    using log = opened();
    await log.record([viewed(7, 150)], scan(1));
    expect(await log.known()).toEqual(["view 7@100=1"]);
    for (const number of [2, 3])
      expect((await log.record([viewed(7, 150)], scan(number))).changed).toBe(0);
    expect(await log.known()).toEqual(["view 7@150=1"]);
    expect(await log.known(1)).toEqual(["view 7@100=1"]);
    expect(await log.position(ADA)).toBe(2);
  });
});

describe("a rating that is no newer than the one it would replace", () => {
  test("waits for the end of its scan, and is the new one unless the scan has seen the other", async () => {
    using log = opened();
    await log.record([rated(80, 30)], scan(1));
    expect(await log.record([rated(20, 10)], scan(2))).toEqual({ changed: 0, held: [rated(20, 10)] }); // prettier-ignore
    expect(await log.known()).toEqual(["rating 7@30=80"]);
    expect((await log.record([rated(20, 10)], scan(2, 200, true))).changed).toBe(1);
    expect(await log.known()).toEqual(["rating 7@10=20"]);
    await log.record([viewed(7, 30)], scan(3));
    await log.record([viewed(7, 10)], scan(4)); // a view is no rating
    expect(await log.known()).toEqual(["rating 7@10=20", "view 7@30=1"]);
  });

  test.each([
    ["older first", [rated(20, 10), rated(80, 30)]],
    ["newer first", [rated(80, 30), rated(20, 10)]],
    ["at one time", [rated(80, 30), rated(20, 30)]],
  ])("is known from then on where upstream holds both, %s", async (_, both) => {
    using log = opened();
    await log.record(both, scan(1));
    const [seq, known] = [await log.lastSeq(), await log.known()];
    expect(known).toEqual(["rating 7@30=80"]);
    for (const number of [2, 3]) {
      const { changed, held } = await log.record(both, scan(number));
      expect(changed + (await log.record(held, scan(number, 100 * number, true))).changed).toBe(0);
    }
    expect([await log.lastSeq(), await log.known()]).toEqual([seq, known]);
  });
});
