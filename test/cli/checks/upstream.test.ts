import { afterAll, afterEach, describe, expect, test } from "bun:test";
import type { Finding } from "../../../src/cli/checks/finding.ts";
import { upstream } from "../../../src/cli/checks/upstream.ts";
import { plainDataset } from "../../support/dataset.ts";
import { findings, look } from "../../support/doctor.ts";
import { serveSocialverse, TOKEN } from "../../support/socialverse.ts";

const standIn = serveSocialverse({ data: plainDataset({ users: 5, posts: 10 }) });
afterEach(standIn.heal);
afterAll(standIn[Symbol.dispose]);
const here = { API_BASE_URL: standIn.url };

describe("the doctor on upstream", () => {
  const verdicts = (found: readonly Finding[]) => found.map((it) => it.verdict);

  test("asks every endpoint for a short page", async () => {
    const asked = standIn.requests.length;
    const found = await findings(upstream, "cache", here);
    expect(verdicts(found)).toEqual(Array(6).fill("ok"));
    expect(found.map((it) => it.message.split(" ")[0])).toEqual([
      ...["users", "posts", "view", "like", "inspire", "rating"],
    ]);
    const requests = standIn.requests.slice(asked);
    expect(requests).toHaveLength(6);
    expect(requests.every((it) => it.pageSize === 3 && it.page === 1)).toBe(true);
  });

  test.each([
    ["a wrong token", { kind: "status", status: 401 }, "check FLIC_TOKEN"],
    ["a page of HTML", { kind: "html" }, "check API_BASE_URL"],
    ["the token owner's own history", ownHistory(), "set RESONANCE_ALGORITHM to the right value"],
    [
      "rows of another shape",
      rows({ user_id: "me", post_id: "it" }),
      "(1 of 1 view: user_id text)",
    ],
  ] as const)("fails on %s and says what to do", async (_, fault, whatToDo) => {
    standIn.fault({ ...fault, on: "view" });
    const found = await findings(upstream, "cache", here);
    expect(verdicts(found)).toEqual(["ok", "ok", "fail", "ok", "ok", "ok"]);
    expect(found[2]!.message).toContain(whatToDo);
    expect(JSON.stringify(found)).not.toContain(TOKEN);
  });

  test("warns of an endpoint that holds nothing", async () => {
    standIn.fault({ kind: "empty", on: "inspire" });
    const found = await look(upstream, "cache", here);
    expect(found[4]).toMatch(/^warn inspire answered in \d+ ms, but holds nothing/);
  });

  test("is not checked for the demo", async () => {
    const asked = standIn.count();
    const found = await findings(upstream, "cache", { FLIC_TOKEN: "", RESONANCE_ALGORITHM: "" });
    expect(verdicts(found)).toEqual(["ok"]);
    expect(standIn.count()).toBe(asked);
  });
});

/** Any page, with these rows. */
function rows(...posts: object[]) {
  return { kind: "json", body: { status: "success", posts } } as const;
}

function ownHistory() {
  return rows({ id: 1, title: "a whole post, as upstream sends without resonance_algorithm" });
}
