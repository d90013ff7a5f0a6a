import { expect, setDefaultTimeout, test } from "bun:test";
import type { PostKey, UserKey } from "../../../src/domain/ids.ts";
import { movielensAbsence, readMovielens } from "../../support/movielens.ts";
import { serveSocialverse } from "../../support/socialverse.ts";
import { noon, syncing } from "../../support/upstream.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const absence = movielensAbsence();
if (absence !== undefined) console.log(`sync of MovieLens ${absence}`);

test.skipIf(absence !== undefined)(
  "MovieLens comes through the stand-in whole, and a second day changes nothing",
  async () => {
    using standIn = serveSocialverse({ data: await readMovielens() });
    using it = syncing(standIn);
    const report = await it.sync(noon(1));
    expect(report.endpoints.map((found) => [found.endpoint, found.fetchedRows])).toEqual([
      ["users", 610],
      ["posts", 9_742],
      ...(["view", "like", "inspire", "rating"] as const).map((list): [typeof list, number] => [
        list,
        standIn.data[list].length,
      ]),
    ]);
    expect(report).toMatchObject({ isComplete: true, changedRows: report.fetchedRows });
    expect(await it.sync(noon(2))).toMatchObject({
      isComplete: true,
      changedRows: 0,
      withdrawn: 0,
    });

    // User 1 gave Toy Story 4 of 5 stars: a view and a rating, not yet a like.
    const history = await it.store.events.history(1 as UserKey);
    const toyStory = [...history.postKeys.keys()].filter((n) => history.postKeys[n] === 1);
    expect(toyStory.map((n) => [history.kinds[n], history.values[n], history.atMs[n]])).toEqual([
      [0, 1, 964_982_703_000],
      [3, 78, 964_982_703_000],
    ]);
    const titles = await it.store.posts.titles([11 as PostKey]);
    expect([...titles.values()]).toEqual(["American President, The (1995)"]);
  },
);
