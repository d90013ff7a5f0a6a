import { describe, expect, test } from "bun:test";
import { addPerson, noSums, wilson } from "../../src/evaluation/wilson.ts";
import { serving } from "../support/http.ts";
import { fakeService } from "../support/service.ts";

const sums = noSums();
addPerson(sums, 3, 12);
const rate = wilson(sums);
const shown = { impressions: 12, plays: rate, completion: undefined, likes: rate, skips: rate };
const service = {
  ...fakeService(),
  stats: async (days: number) => ({
    ...{ days, sinceMs: 0, untilMs: 86_400_000, people: 1, pages: 1, total: shown },
    ...{ source: [{ name: "popular", ...shown }], slot: [], audience: [], policy: [] },
  }),
};
const { get } = serving(service);

describe("GET /stats", () => {
  test("answers counts, rates and their intervals, of seven days if it is not told", async () => {
    const reply = (await (await get("/stats")).json()) as Record<string, unknown>;
    expect(reply).toMatchObject({ days: 7, since: "1970-01-01T00:00:00.000Z", people: 1 });
    expect(reply["sources"]).toEqual([{ name: "popular", ...(reply["total"] as object) }]);
    expect(reply["total"]).toMatchObject({
      impressions: 12,
      plays: { count: 3, of: 12, rate: 0.25, low: expect.any(Number), high: expect.any(Number) },
      completion: null,
    });
  });

  test.each(["days=0", "days=367", "days=x", "day=7"])("refuses ?%s", async (query) => {
    expect((await get(`/stats?${query}`)).status).toBe(422);
  });
});
