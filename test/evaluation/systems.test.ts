import { describe, expect, test } from "bun:test";
import { breakTies } from "../../src/evaluation/ranking.ts";
import { DEPTH, systemsOf } from "../../src/evaluation/systems.ts";
import { MODELS, TERMS } from "../../src/models/models.ts";
import { seededRandom } from "../../src/linalg/random.ts";
import type { Done } from "../support/histories.ts";
import { modelOf, queryFor, rankingWith } from "../support/model.ts";
import { idOf, like, likes, model, popularity } from "./two-interests.ts";

describe("systems", () => {
  const { ranker, person } = rankingWith(model);
  const all = systemsOf(ranker, [popularity(likes)]);
  const list = (name: string, events: readonly Done[]) => {
    const query = queryFor(model, { person: person(events) });
    const rows = Uint32Array.from(model.postKeys.keys()).filter(
      (row) => row !== 28 && !query.person.seen.includes(row),
    );
    const ranking = all.find((it) => it.name === name)!.recommend(query, rows);
    return [...breakTies(ranking, DEPTH, seededRandom(1))];
  };

  test("are the baselines, every score term alone, the blend and the feed", () => {
    expect(all.map((it) => it.name)).toEqual([
      "popularity",
      ...TERMS.map((it) => (it === "popular" ? "recent popularity" : it)),
      ...["blend", "feed"],
    ]);
  });

  test("recommend twenty posts, none seen, locked or twice", () => {
    const events = [0, 1, 2, 29].map((row) => like(idOf(row)));
    for (const { name } of all) {
      const rows = list(name, events);
      expect(rows.length, name).toBeLessThanOrEqual(20);
      expect(new Set(rows).size, name).toBe(rows.length);
      expect(
        rows.filter((it) => [0, 1, 2, 28, 29].includes(it)),
        name,
      ).toEqual([]);
    }
    expect(list("feed", events)).toHaveLength(20);
  });

  test("rank the whole catalogue by their score", () => {
    expect(list("popularity", []).slice(0, 4)).toEqual([29, 27, 26, 25]);
    expect(list("recent popularity", [like(idOf(1))]).slice(0, 4)).toEqual([0, 2, 3, 4]);
    expect(list("collaborative", [like(idOf(3))]).every((row) => row % 2 === 1)).toBe(true);
    expect(
      list("similar", [like(idOf(3))])
        .slice(0, 14)
        .every((row) => row % 2 === 1),
    ).toBe(true);
  });

  test("rank by blend score, and in the feed by its selector too", () => {
    const sketch = Array.from({ length: 12 }, (_, row) => ({ category: row < 6 ? "a" : "b" }));
    const two = rankingWith(modelOf(sketch)).ranker;
    const rows = Uint32Array.from(sketch.keys());
    const lists = systemsOf(two, []).map(
      ({ name, recommend }) => [name, [...recommend(queryFor(two.model), rows).rows]] as const,
    );
    const { blend, feed } = Object.fromEntries(lists);
    expect(blend).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(feed!.slice(0, 5)).toEqual([0, 1, 2, 3, 6]);
  });

  test("recommend nothing where they know nothing", () => {
    const personal = MODELS.filter((it) => it.isPersonal).map((it) => it.name);
    expect(personal.length).toBeGreaterThan(3);
    for (const name of personal) expect(list(name, []), name).toEqual([]);
    expect(list("neighbours", [like(idOf(3))])).toEqual([]); // this model has none
  });
});
