/** New posts are tried out in a running program: pushed, shown, explained, logged, counted. */
import { expect, test } from "bun:test";
import { openServedLog } from "../../src/data/sqlite/open.ts";
import type { ServedLog } from "../../src/data/served-log.ts";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import { until } from "../support/program.ts";
import { appsOfEachTest } from "./apps.ts";

const { run } = appsOfEachTest();
const OWN = { CATALOGUE: "own", FLIC_TOKEN: "", LEARN_PAUSE_MINUTES: "10000" };
const LONG_AGO_MS = Date.UTC(2026, 0, 1);
const ASKED = { category: undefined, mood: undefined, session: undefined, cursor: undefined, exclude: [] as PostId[], cards: false, explain: true }; // prettier-ignore

/** Asks for pages of new people until one shows the post as one that is tried out. */
async function triedOut({ service }: ReturnType<typeof run>["app"], id: string) {
  for (let n = 0; n < 500; n++) {
    const page = await service.recommend({ ...ASKED, user: `new${n}` as UserId, limit: 10 });
    const item = page!.items.find(
      (it) => it.id === id && it.explain!.reasons[0]!.startsWith("new "),
    );
    if (item !== undefined) return { user: `new${n}`, page: page!, item };
  }
  return undefined;
}

const disposable = (log: ServedLog) => ({ ...log, [Symbol.dispose]: log.close });

test("a post that comes while people are served is tried out, and what they make of it is counted once", async () => {
  const { app, lines } = run({ ...OWN, EXPLORE_SHARE: "0.3" });
  const titles = Array.from({ length: 60 }, (_, n) => ({ id: `p${n}`, title: `Bread no. ${n}`, creator: "ada", created_at: LONG_AGO_MS + n })); // prettier-ignore
  await app.service.push.posts(titles);
  const likes = titles.flatMap(({ id }, n) => [1, 2].map((user) => ({ user: `u${user}`, post: id, kind: "like", at: LONG_AGO_MS + 86_400_000 * 30 + n }))); // prettier-ignore
  await app.service.push.events(likes);
  await until(async () =>
    lines.some((it) => it.startsWith("learnt snapshot")) ? true : undefined,
  );
  await app.service.push.posts([{ id: "late", title: "A boat of paper", creator: "bob" }]);
  const { user, page, item } = await until(() => triedOut(app, "late"));
  expect(item.explain!.reasons[0]).toBe("new creator, being tried out");
  await app.service.push.events([
    { user, post: "late", kind: "view", watched_ms: 9_000, duration_ms: 10_000 },
    { user, post: "late", kind: "like", recommendation_id: page.recommendationId },
  ]);
  const key = (await app.store.ids.postKeys(["late" as PostId])).get("late" as PostId)!;
  using log = disposable(openServedLog(app.paths.servedPath));
  const counted = await until(async () => {
    await app.service.recommend({ ...ASKED, user: "new0" as UserId, limit: 10 });
    const { posts } = await log.exposures.changedAfter(0, 1_000);
    return posts.find((it) => it.post === key && it.completions > 0);
  });
  expect(counted.completions).toBe(1);
  const slots = (await Array.fromAsync(log.pages())).flat().flatMap((it) => it.slots);
  const logged = slots.filter((it) => it.post === key && it.sources.includes("exploration"));
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.every(({ probability }) => probability > 0 && probability < 1)).toBe(true);
});
