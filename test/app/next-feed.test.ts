/** The next feed knows: the first reply after an acknowledged event reflects it, by HTTP, in another process than the one that took it. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import { serving } from "../support/http.ts";
import { until } from "../support/program.ts";
import { appsOfEachTest, isQuiet } from "./apps.ts";

const { open, run } = appsOfEachTest();
const OWN = { CATALOGUE: "own", FLIC_TOKEN: "", LEARN_PAUSE_MINUTES: "10000", EXPLORE_SHARE: "0" };
const KINDS = ["Baking", "Yoga", "Travel", "Chess"];
const POSTS = 48;
const kindOf = (id: string) => KINDS[Number(id.slice(1)) % 4];

type Item = {
  readonly id: string;
  readonly explain: { readonly terms: Readonly<Record<string, number>> };
};

/** The process that takes events, and another on the same store. */
let [taking, other]: ReturnType<typeof serving>[] = [];
let stop = () => {};
beforeEach(async () => {
  const { app, lines } = run(OWN);
  await app.service.push.posts(
    Array.from({ length: POSTS }, (_, n) => ({
      id: `p${n}`,
      title: `${KINDS[n % 4]} for beginners, part ${n}`,
      category: KINDS[n % 4],
      duration_ms: 20_000,
    })),
  );
  await app.service.push.events(await everybodysLikes());
  await until(async () =>
    lines.some((it) => /48 of them understood by their text/.test(it)) ? true : undefined,
  );
  await isQuiet(app);
  const second = open(OWN).app;
  stop = second.keepUpToDate(undefined);
  [taking, other] = [serving(app.service), serving(second.service)];
});
afterEach(() => stop());

/** Forty people, each with six likes of one kind, one after the other. */
async function everybodysLikes() {
  return Array.from({ length: 40 }, (_, user) =>
    Array.from({ length: 6 }, (_, n) => ({
      user: `user ${user}`,
      post: `p${(user % 4) + 4 * ((user + n) % 12)}`,
      kind: "like",
      at: Date.now() - (60 - n) * 60_000,
    })),
  ).flat();
}

async function tell(event: object) {
  const body = JSON.stringify(event);
  const headers = { "content-type": "application/json", host: "localhost" };
  expect((await taking!.get("/events", { method: "POST", headers, body })).status).toBe(202);
}

async function itemsOf(user: string, from = other!) {
  const reply = await from.get(`/recommendations?user=${user}&limit=100&explain=true`);
  return ((await reply.json()) as { readonly items: readonly Item[] }).items;
}
/** Personal terms that the fit gave a weight for a person of one to five posts. */
async function weighedTerms() {
  type Adjustable = { readonly name: string; readonly fitted: readonly { posts: number; value: number }[] }; // prettier-ignore
  const reply = await (await other!.get("/adjustments")).json();
  const { adjustable } = reply as { readonly adjustable: readonly Adjustable[] };
  const personal = ["collaborative", "neighbours", "sequence", "sequence-knn", "similar"];
  return adjustable
    .filter(
      ({ name, fitted }) =>
        personal.includes(name) &&
        fitted.some(({ posts, value }) => (posts === 1 || posts === 5) && value > 0),
    ) // prettier-ignore
    .map(({ name }) => name);
}
const idsOf = async (user: string) => (await itemsOf(user)).map((it) => it.id);
/** Mean rank of the posts of a kind. */
async function rankOf(user: string, kind: string) {
  const ids = await idsOf(user);
  const ranks = ids.flatMap((id, rank) => (kindOf(id) === kind ? [rank] : []));
  return ranks.reduce((sum, it) => sum + it, 0) / ranks.length;
}

test("likes of a person who has just come are in all that a list is made of", async () => {
  await tell({ user: "eve", post: "p2", kind: "like", at: Date.now() - 1_000 });
  await tell({ user: "eve", post: "p6", kind: "like" });
  const items = await itemsOf("eve");
  expect(kindOf(items[0]!.id)).toBe("Travel");
  for (const kind of KINDS.filter((it) => it !== "Travel"))
    expect(await rankOf("eve", "Travel")).toBeLessThan(await rankOf("eve", kind));
  const weighed = await weighedTerms();
  expect(weighed.length).toBeGreaterThanOrEqual(3);
  for (const term of weighed)
    expect([term, items.some((it) => it.explain.terms[term]! > 0)]).toEqual([term, true]);
  expect(items.slice(-2).map((it) => it.id).toSorted()).toEqual(["p2", "p6"]); // prettier-ignore
});

test("what was watched to its end raises its kind, what was skipped at once lowers it", async () => {
  const before = await rankOf("ben", "Yoga");
  await tell({ user: "ben", post: "p1", kind: "view", watched_ms: 20_000 });
  await tell({ user: "ben", post: "p5", kind: "like" });
  const liked = await rankOf("ben", "Yoga");
  expect(liked).toBeLessThan(before);
  for (const post of ["p9", "p13", "p17"]) {
    await tell({ user: "ben", post, kind: "view", watched_ms: 300 });
    await tell({ user: "ben", post, kind: "skip" });
  }
  expect(await rankOf("ben", "Yoga")).toBeGreaterThan(liked);
});

test("a hidden post is in no list from the reply on", async () => {
  await tell({ user: "kim", post: "p7", kind: "like" });
  const [first] = await idsOf("kim");
  await tell({ user: "kim", post: first, kind: "hide" });
  expect(await idsOf("kim")).not.toContain(first);
});
