/** Removals that an operator accepts. */
import { describe, expect, test } from "bun:test";
import { plainDataset } from "../../support/dataset.ts";
import { socialverse } from "../../support/socialverse.ts";
import { noon, synced, syncing } from "../../support/upstream.ts";

// 1,050 events of each kind: two pages.
const plain = () => socialverse({ data: plainDataset({ users: 30, posts: 175 }) });

describe("an operator who accepts removals", () => {
  const accept = { acceptRemovals: true };

  test.each(["users", "posts", "like", "inspire", "rating"] as const)(
    "has them withdrawn at once, by two scans that agree: %s",
    async (list) => {
      const standIn = plain();
      using it = await synced(standIn);
      const gone = standIn.data[list].splice(5).length;
      const report = await it.sync(noon(1), accept);
      expect(report).toMatchObject({ isComplete: true, withdrawn: gone });
      expect(standIn.count(list)).toBe(list === "users" || list === "posts" ? 6 : 7);
      expect(await it.store.scans.heldBack()).toEqual([]);
    },
  );

  test("has a second scan only of what the one before has not missed", async () => {
    const standIn = plain();
    using it = await synced(standIn);
    standIn.data.posts.splice(100);
    await it.sync(noon(2));
    const asked = standIn.count("posts");
    expect(await it.sync(noon(2), accept)).toMatchObject({ withdrawn: 75 });
    expect(standIn.count("posts") - asked).toBe(2);
  });

  test("does not lose a row that only one of the two scans missed", async () => {
    const standIn = plain();
    using it = syncing(standIn);
    const { like } = structuredClone(standIn.data);
    await it.sync(noon(1));
    standIn.data.like = like.slice(0, 100);
    const heal = () => void (standIn.data.like = like.slice(0, 1_000));
    standIn.fault({ kind: "edit", on: "like", after: 2, times: 1, edit: heal });
    expect(await it.sync(noon(2), accept)).toMatchObject({ withdrawn: 50 });
  });

  test("does not lose a row because one of the two replies was empty", async () => {
    const standIn = plain();
    using it = await synced(standIn);
    standIn.data.like.splice(7, 1);
    standIn.fault({ kind: "empty", on: "like", times: 1 });
    expect(await it.sync(noon(2), accept)).toMatchObject({ isComplete: true, withdrawn: 0 });
    expect(await it.sync(noon(3))).toMatchObject({ withdrawn: 1 });
  });

  test.each(["like", "view"] as const)("is believed when upstream holds no %s", async (list) => {
    const standIn = plain();
    using it = await synced(standIn);
    standIn.data[list] = [];
    expect(await it.sync(noon(2))).toMatchObject({ isComplete: false, withdrawn: 0 });
    const withdrawn = list === "like" ? 1_050 : 0; // views stay: upstream itself forgets them
    expect(await it.sync(noon(2), accept)).toMatchObject({ isComplete: true, withdrawn });
    expect(await it.sync(noon(3))).toMatchObject({ isComplete: true, withdrawn: 0 });
  });
});

test("an empty upstream fills an empty store with nothing, and that is complete", async () => {
  using it = syncing(socialverse({ data: plainDataset({ users: 0, posts: 0 }) }));
  expect(await it.sync(noon(1))).toMatchObject({ isComplete: true, fetchedRows: 0 });
});
