/** The demo as an upstream: the contract's pages and rows, read by the ordinary client. */
import { expect, test } from "bun:test";
import type { SyncedName } from "../../../src/domain/signals.ts";
import { demoFetch, demoRows } from "../../../src/ingest/demo/upstream.ts";
import type { Endpoint } from "../../../src/data/scans.ts";
import { openClient } from "../../../src/ingest/socialverse/client.ts";
import { toEvent, toPost, toUser } from "../../../src/ingest/socialverse/schema.ts";

const POST_KEYS =
  "id category topic slug title identifier comment_count upvote_count view_count exit_count rating_count average_rating share_count bookmark_count video_link contract_address chain_id chart_url baseToken is_locked created_at first_name last_name username user_type has_evm_wallet has_solana_wallet is_viewed upvoted bookmarked is_available_in_public_feed thumbnail_url gif_thumbnail_url following picture_url post_summary tags source_matrix";
const SUMMARY_KEYS =
  "actions audio_elements description emotions entities estimated_duration genre is_face_exist keywords no_of_person_in_video other_person_details main_person_details targeted_audiance topics_of_video visual_elements_of_video quality_indicators psycological_view_of_video";
const USER_KEYS =
  "id first_name last_name username twitter_url twitter_username twitter_profile_url email gender role profile_url bio user_type hourly_rate currency website_url instagram-url youtube_url tictok_url isVerified referral_code has_wallet last_login share_count total_reward_points referral_point referral_count total_inspired_user_count daily_login_streak post_count following_count follower_count is_verified is_online latitude longitude";

type Row = Readonly<Record<string, unknown>>;
type Page = Row & { readonly posts?: readonly Row[]; readonly users?: readonly Row[] };
const fetchDemo = demoFetch();
const rowsOf = demoRows() as Readonly<Record<string, readonly Row[]>>;

async function page(path: string, query: string): Promise<Page> {
  const response = await fetchDemo(new Request(`http://demo.invalid${path}?${query}`));
  return (await response.json()) as Page;
}

for (const path of Object.keys(rowsOf))
  test(`${path} pages through every row once, ascending by id, up to an empty page`, async () => {
    const found: Row[] = [];
    for (let number = 1; ; number++) {
      const reply = await page(path, `page=${number}&page_size=300&resonance_algorithm=any`);
      const rows = reply[path.startsWith("/users") ? "users" : "posts"] as readonly Row[];
      expect(reply).toMatchObject({ status: "success", page: number, max_page_size: 300 });
      expect(reply["page_size"]).toBe(rows.length);
      if (rows.length === 0) break;
      found.push(...rows);
    }
    expect(found).toEqual([...rowsOf[path]!]);
    const ids = found.map(({ id }) => id as number);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

test("rows have the contract's keys in its order", () => {
  const keys = (path: string) => [...new Set(rowsOf[path]!.map((it) => Object.keys(it).join(" ")))];
  expect(keys("/posts/summary/get")).toEqual([POST_KEYS]);
  expect(keys("/users/get_all")).toEqual([USER_KEYS]);
  expect(keys("/posts/view")).toEqual(["id post_id user_id viewed_at"]);
  expect(keys("/posts/like")).toEqual(["id post_id user_id liked_at"]);
  expect(keys("/posts/inspire")).toEqual(["id post_id user_id inspired_at"]);
  expect(keys("/posts/rating")).toEqual(["id post_id user_id rating_percent rated_at"]);
  for (const { post_summary, category, topic } of rowsOf["/posts/summary/get"]!) {
    if (!Array.isArray(post_summary))
      expect(Object.keys(post_summary as Row).join(" ")).toBe(SUMMARY_KEYS);
    if (!Array.isArray(category))
      expect(Object.keys(category as Row).join(" ")).toBe("id name count description image_url");
    if (!Array.isArray(topic))
      expect(topic).toMatchObject({ project_code: "flic", owner: { first_name: "Creator" } });
  }
});

test("the ordinary client and schema read every row", async () => {
  const client = openClient({
    baseUrl: "http://demo.invalid",
    token: "any",
    resonanceAlgorithm: "any",
    fetch: demoFetch(),
  });
  const all = async (endpoint: Endpoint) => (await Array.fromAsync(client.pages(endpoint))).flat();
  const read = (rows: readonly unknown[], to: (row: unknown) => unknown) =>
    rows.map(to).filter((it) => it !== undefined).length;
  expect(read(await all("posts"), toPost)).toBe(rowsOf["/posts/summary/get"]!.length);
  expect(read(await all("users"), toUser)).toBe(rowsOf["/users/get_all"]!.length);
  for (const kind of ["view", "like", "inspire", "rating"] satisfies SyncedName[])
    expect(read(await all(kind), (it) => toEvent(kind, it))).toBe(rowsOf[`/posts/${kind}`]!.length);
});

test("odd queries get a page all the same, unknown paths 404", async () => {
  expect(await page("/users/get_all", "page=0&page_size=5000")).toMatchObject({
    page: 1,
    max_page_size: 1_000,
  });
  expect(await page("/posts/like", "page=x&page_size=-3")).toMatchObject({ page: 1, page_size: 1 });
  const response = await fetchDemo(new Request("http://demo.invalid/posts"));
  expect(response.status).toBe(404);
});

test("the demo is the same every time it is made", () => {
  expect(Bun.hash(JSON.stringify(demoRows()))).toBe(Bun.hash(JSON.stringify(rowsOf)));
});

test("counters say what the events say", () => {
  for (const row of rowsOf["/posts/summary/get"]!) {
    const of = (path: string) => rowsOf[path]!.filter(({ post_id }) => post_id === row["id"]);
    expect(row["view_count"]).toBe(of("/posts/view").length);
    expect(row["upvote_count"]).toBe(of("/posts/like").length);
    expect(row["rating_count"]).toBe(of("/posts/rating").length);
  }
});

test("nothing looks like a person: made-up names, example.test only, no phone numbers", () => {
  const text = JSON.stringify(rowsOf);
  for (const row of [...rowsOf["/users/get_all"]!, ...rowsOf["/posts/summary/get"]!])
    expect(`${row["first_name"]} ${row["last_name"]}`).toMatch(/^(Viewer|Creator) \d{2,3}$/);
  const hosts = [...text.matchAll(/https?:\/\/([^/"]+)/g)].map(([, host]) => host);
  expect([...new Set(hosts)]).toEqual(["media.example.test"]);
  for (const [mail] of text.matchAll(/[^"\s]+@[^"\s]+/g)) expect(mail).toEndWith("@example.test");
  expect(text).not.toMatch(/\+\d{2}|\d{3}[- /]\d{4,}/);
  for (const row of rowsOf["/users/get_all"]!)
    expect([row["latitude"], row["longitude"], row["twitter_url"]]).toEqual(["", "", ""]);
});

test("usernames are as odd as upstream's: digits only, other scripts, repeats but for case", () => {
  const names = rowsOf["/users/get_all"]!.map(({ username }) => username as string);
  expect(names.filter((it) => /^\d+$/.test(it)).length).toBeGreaterThan(3);
  expect(names.filter((it) => /[^\x20-\x7e]/.test(it)).length).toBeGreaterThan(5);
  expect(new Set(names.map((it) => it.toLowerCase())).size).toBeLessThan(names.length);
});
