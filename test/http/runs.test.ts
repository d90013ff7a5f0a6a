/** `/runs`: the list, one run, what may be started, and the stream. */
import { describe, expect, test } from "bun:test";
import type { RunsService } from "../../src/feed/runs.ts";
import { serving } from "../support/http.ts";
import { fakeRuns, SUMMARY } from "../support/runs.ts";
import { fakeService } from "../support/service.ts";

const BUSY = "run 8 (sync) is under way: wait until it has ended";

function asked(over: Partial<RunsService> = {}) {
  const calls: unknown[] = [];
  const runs: RunsService = {
    ...fakeRuns,
    list: async (...it) => (calls.push(it), [SUMMARY]),
    refusals: async () => ({ sync: BUSY, learn: undefined, evaluate: undefined }),
    start: async (kind) => (calls.push(kind), kind === "sync" ? { refusal: BUSY } : { id: 9 }),
    ...over,
  };
  const { get } = serving({ ...fakeService(), runs });
  const post = (body: unknown) =>
    get("/runs", {
      method: "POST",
      headers: { "content-type": "application/json", host: "localhost" },
      body: JSON.stringify(body),
    });
  return { get, post, calls };
}

describe("GET /runs", () => {
  test("lists runs without paths of this machine, and says what can't be started and why", async () => {
    const { get, calls } = asked();
    const reply = (await (await get("/runs?kind=learn&limit=3")).json()) as object;
    expect(reply).toEqual({
      runs: [
        {
          ...{ id: 12, kind: "learn", state: "done", asked_at: null },
          ...{ started_at: "1970-01-01T00:00:00.000Z", ended_at: "1970-01-01T00:00:09.000Z" },
          ...{ stage: "training", done: 2, total: 2, words: "learnt s1" },
        },
      ],
      refusals: { sync: BUSY, learn: null, evaluate: null },
    });
    await get("/runs");
    expect(calls).toEqual([[3, "learn"], [50, undefined]]); // prettier-ignore
  });

  test.each(["kind=nap", "limit=0", "limit=501", "knd=learn"])("refuses ?%s", async (query) => {
    expect((await asked().get(`/runs?${query}`)).status).toBe(422);
  });
});

describe("GET /runs/{id}", () => {
  test("tells of result, quality, settings, differences and log", async () => {
    const reply = (await (await asked().get("/runs/12")).json()) as object;
    expect(reply).toMatchObject({
      figures: { posts: 45 },
      quality: { cases: 5, rankings: [{ name: "blend", ndcg: 0.2, low: 0.1, high: 0.3 }] },
      settings: { SEED: 1 },
      before: 5,
      differences: [
        { name: "SEED", before: 2, now: 1 },
        { name: "variety", before: null, now: 0.3 },
      ],
      log: [{ at: "1970-01-01T00:00:00.005Z", text: "training" }],
    });
  });

  test("has none of another number", async () => {
    const absent = await asked().get("/runs/8");
    expect([absent.status, await absent.json()]).toEqual([404, expect.objectContaining({ detail: expect.stringContaining("`GET /runs` lists") })]); // prettier-ignore
    expect((await asked().get("/runs/x")).status).toBe(422);
  });
});

describe("POST /runs", () => {
  test("asks for a run and gives its number", async () => {
    const { post, calls } = asked();
    const reply = await post({ kind: "evaluate" });
    expect([reply.status, await reply.json()]).toEqual([202, { id: 9, state: "waiting" }]);
    expect(calls).toEqual(["evaluate"]);
  });

  test("says why none can be started now", async () => {
    const reply = await asked().post({ kind: "sync" });
    expect(reply.status).toBe(409);
    expect(await reply.json()).toMatchObject({ type: "urn:problem:conflict", detail: BUSY });
  });

  test.each([{}, { kind: "encode" }, null, "learn"])("refuses %p", async (body) => {
    expect((await asked().post(body)).status).toBe(422);
  });
});

test("GET /runs/stream tells of progress with new lines of the log, and of the end", async () => {
  const reply = await asked().get("/runs/stream");
  const told = (await reply.text()).matchAll(/^data: (.*)$/gm).map(([, it]) => JSON.parse(it!) as object); // prettier-ignore
  const lines = [{ at: "1970-01-01T00:00:00.005Z", text: "training" }];
  expect([...told]).toMatchObject([
    { id: 12, state: "running", done: 1, total: 2, lines },
    { id: 12, state: "done", lines: [] },
  ]);
});
