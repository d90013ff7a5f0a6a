import { describe, expect, test } from "bun:test";
import { serving } from "../support/http.ts";
import { fakeService, startingService } from "../support/service.ts";

const { get } = serving(fakeService());
const json = async (path: string) => (await (await get(path)).json()) as Record<string, unknown>;

describe("GET /catalogue/health", () => {
  test("tells times in hours and days as dates, of seven days if it is not told", async () => {
    expect(await json("/catalogue/health")).toMatchObject({
      ...{ days: 7, since: "1970-01-01T00:00:00.000Z", until: "1970-01-08T00:00:00.000Z" },
      creators: { count: 1, gini: 0, lorenz: [{ creators: 0, impressions: 0 }, { creators: 1, impressions: 1 }] }, // prettier-ignore
      first_impressions: { quarter_hours: 12, median_hours: null, curve: [{ hours: 12, share: 0.5 }] }, // prettier-ignore
      categories: { dead: [{ name: "Chess", last_event: "1970-01-02" }, { last_event: null }] },
      cold: { ages: [{ from_days: 0, posts: 1, shown: 0 }] },
    });
  });

  test.each(["days=0", "days=367", "day=7"])("refuses ?%s", async (query) => {
    expect((await get(`/catalogue/health?${query}`)).status).toBe(422);
  });
});

describe("GET /creators", () => {
  test("lists those whose id has a part, and refuses a sort that there is not, in words", async () => {
    expect(await json("/creators?q=d&days=1")).toMatchObject({ days: 1, total: 1, creators: [{ id: "ada", share: 1 }] }); // prettier-ignore
    expect(await json("/creators?q=bob")).toMatchObject({ total: 0, creators: [] });
    expect(await json("/creators?sort=fame")).toMatchObject({
      status: 422,
      detail: "sort must be one of impressions, people, posts, shown, id",
    });
  });

  test("one has rates with intervals, and a reason in words for what is not shown", async () => {
    expect(await json("/creators/ada")).toMatchObject({
      ...{ id: "ada", rank: 1, hidden_by: 2 },
      outcomes: { plays: { count: 3, of: 12, rate: 0.25 }, completion: null },
      absent: [{ reason: "not_shown", words: "no list had it", posts: 1 }],
      items: [{ id: "1", created_at: "1970-01-01T00:00:00.000Z", stage: null }],
    });
    expect((await get("/creators/bob")).status).toBe(404);
  });
});

test("before the first snapshot nothing is known yet", async () => {
  const starting = serving(startingService());
  for (const path of ["/catalogue/health", "/creators", "/creators/ada"])
    expect((await starting.get(path)).status).toBe(503);
});
