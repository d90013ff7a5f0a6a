/** `/adjustments`: factors are saved, taken back and previewed. */
import { describe, expect, test } from "bun:test";
import { FIGURES } from "../../src/feed/adjusting/list-figures.ts";
import { serving } from "../support/http.ts";
import { PREVIEW } from "../support/adjusting.ts";
import { fakeService } from "../support/service.ts";

const service = fakeService();
const asked: unknown[] = [];
const { server } = serving({
  ...service,
  adjusting: () => ({
    ...service.adjusting(),
    preview: async (factors, requests) => (asked.push([factors, requests]), PREVIEW),
    list: async ({ user, version, isOlder }) =>
      isOlder
        ? "snapshot"
        : version === 9
          ? "version"
          : { snapshot: "s7", audience: "warm", ids: [`${user} ${version}`] as never },
  }),
});
async function call(method: string, path: string, body?: unknown) {
  const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }; // prettier-ignore
  const reply = await server.handle(new Request(`http://localhost${path}`, { method, ...json }));
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

describe("/adjustments", () => {
  test("says what can be adjusted and what is in force; saved factors are a version, and can be taken back", async () => {
    expect((await call("GET", "/adjustments")).body).toMatchObject({
      ...{ factors: {}, factor_max: 4, can_go_back: false, history: [] },
      adjustable: [{ name: "popular", fitted: [{ posts: 0, value: 0.8 }] }],
    });
    const saved = await call("PUT", "/adjustments", { popular: 0.5, variety: 1 });
    expect(saved.body).toMatchObject({ factors: { popular: 0.5 }, can_go_back: true, history: [{ version: 1 }] }); // prettier-ignore
    const back = await call("DELETE", "/adjustments/newest");
    expect(back.body).toMatchObject({ factors: {}, can_go_back: false, history: [{ version: 2 }, { version: 1 }] }); // prettier-ignore
    expect((await call("DELETE", "/adjustments/newest")).status).toBe(404);
  });

  test.each([
    [{ popular: 5 }, "popular: expected a number from 0 to 4, got 5"],
    [{ popularity: 1 }, /expected one of the fields .*popular, .*variety, half_life, exploration/],
    [[], "expected an object"],
  ] as const)("refuses %j", async (body, words) => {
    const { status, body: problem } = await call("PUT", "/adjustments", body);
    expect(status).toBe(422);
    expect(problem["detail"]).toMatch(words);
  });

  test("previews factors on fifty requests if it is not told how many", async () => {
    const { status, body } = await call("POST", "/adjustments/preview", { factors: { fresh: 2 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ people: 2, logged: 1, replaced: 0.3333, places: 2 });
    expect(body["effects"]).toContainEqual({ name: "creators", about: FIGURES.creators, before: 1, after: 3, difference: 2, low: 1.2346, high: 3 }); // prettier-ignore
    await call("POST", "/adjustments/preview", { requests: 7 });
    expect(asked).toEqual([
      [{ fresh: 2 }, 50],
      [{}, 7],
    ]);
    for (const bad of [{ requests: 201 }, { factors: { fresh: -1 } }, { factor: {} }])
      expect((await call("POST", "/adjustments/preview", bad)).status).toBe(422);
  });

  test("gives somebody's list by a version of the factors, or says that there is none", async () => {
    const { body } = await call("GET", "/adjustments/list?user=ada&version=0");
    expect(body).toEqual({ items: [{ id: "ada 0", position: 1 }], meta: { audience: "warm", snapshot: "s7" } }); // prettier-ignore
    expect((await call("GET", "/adjustments/list?user=ada&version=9")).status).toBe(404);
    expect((await call("GET", "/adjustments/list?user=ada&older=true")).status).toBe(404);
    expect((await call("GET", "/adjustments/list?version=0")).status).toBe(422);
  });
});
