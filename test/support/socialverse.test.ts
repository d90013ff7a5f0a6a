import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { plainDataset, trapDataset } from "./dataset.ts";
import { readDataset } from "./rows.ts";
import { serveSocialverse, socialverse, TOKEN } from "./socialverse.ts";

type Reply = Record<string, unknown> & { posts?: Record<string, unknown>[] };

const EVENTS = ["/posts/view", "/posts/like", "/posts/inspire", "/posts/rating"];
const CATALOGUE = ["/posts/summary/get", "/users/get_all"];
const small = socialverse({ data: plainDataset({ users: 5, posts: 5 }) });

async function get(path: string, token?: string): Promise<{ status: number; body: Reply }> {
  const headers: Record<string, string> = token === undefined ? {} : { "Flic-Token": token };
  const response = await small.fetch(new Request(`http://stand-in.test${path}`, { headers }));
  return { status: response.status, body: (await response.json()) as Reply };
}

describe("stand-in upstream", () => {
  test("lists the envelope's keys in each endpoint's own order", async () => {
    const posts = await get("/posts/summary/get?page=1&page_size=3", TOKEN);
    expect(Object.keys(posts.body).join()).toBe(
      "status,message,page,page_size,max_page_size,posts",
    );
    const users = await get("/users/get_all?page=1&page_size=3", TOKEN);
    expect(Object.keys(users.body).join()).toBe(
      "status,message,page,max_page_size,page_size,users",
    );
  });

  test("says how many rows a page holds, and sends an empty one past the end", async () => {
    const last = await get("/posts/view?page=2&page_size=3&resonance_algorithm=x");
    expect(last.body).toMatchObject({ page: 2, page_size: 2, max_page_size: 3 });
    const past = await get("/posts/view?page=3&page_size=3&resonance_algorithm=x");
    expect(past.body).toMatchObject({ status: "success", page_size: 0, posts: [] });
  });

  test.each(EVENTS)("%s needs no token with a resonance_algorithm", async (path) => {
    const { body } = await get(`${path}?page=1&page_size=1000&resonance_algorithm=x`);
    expect(body.posts?.every((it) => "user_id" in it && "post_id" in it)).toBeTrue();
    expect(body.posts).toHaveLength(5);
  });

  test.each(EVENTS)("%s gives a token alone its owner's history", async (path) => {
    const { body } = await get(`${path}?page=1&page_size=1000`, TOKEN);
    expect(body.posts?.map((it) => [it["id"], "user_id" in it, "video_link" in it])).toEqual([
      [1, false, true],
    ]);
  });

  test.each([...EVENTS, ...CATALOGUE])("%s refuses strangers", async (path) => {
    expect((await get(`${path}?page=1`)).status).toBe(401);
    expect((await get(`${path}?page=1`, "wrong")).status).toBe(401);
  });

  test("forgets views older than its window, and nothing else", async () => {
    const standIn = socialverse({ data: trapDataset() });
    standIn.time.nowMs = Date.UTC(2025, 0, 1);
    standIn.time.viewWindowDays = 37;
    const rows = async (list: string) => {
      const url = `http://stand-in.test/posts/${list}?page_size=1000&resonance_algorithm=x`;
      return ((await (await standIn.fetch(new Request(url))).json()) as Reply).posts;
    };
    expect((await rows("view"))?.map((it) => it["id"])).toEqual([10_739, 10_740]);
    expect(await rows("like")).toHaveLength(2);
  });

  test("can go down and come up on the same port", async () => {
    using standIn = serveSocialverse({ data: plainDataset({ users: 1, posts: 1 }) });
    const ask = () => fetch(`${standIn.url}/posts/view?resonance_algorithm=x`).catch(() => "down");
    await standIn.down();
    expect(await ask()).toBe("down");
    await standIn.up();
    expect(await ask()).toHaveProperty("status", 200);
  });
});

const CONTRACT = "../shared/socialverse";
const isThere = existsSync(CONTRACT);
if (!isThere) console.log(`stand-in against the contract's own pages: left out, no ${CONTRACT}`);

test.skipIf(!isThere)("serves the contract's own pages key by key as they were seen", async () => {
  const standIn = socialverse({ data: await readDataset(CONTRACT) });
  const headers = { "Flic-Token": TOKEN };
  for (const [name, path] of [
    ["posts_view.page1.json", "/posts/view"],
    ["posts_like.page1.json", "/posts/like"],
    ["posts_inspire.page1.json", "/posts/inspire"],
    ["posts_rating.page1.json", "/posts/rating"],
    ["users_get_all.page1.SYNTHETIC-PII.json", "/users/get_all"],
  ]) {
    const url = `http://stand-in.test${path}?page=1&page_size=1000&resonance_algorithm=x`;
    const sent = await (await standIn.fetch(new Request(url, { headers }))).text();
    const seen: unknown = await Bun.file(`${CONTRACT}/${name}`).json();
    expect(sent).toBe(JSON.stringify(seen));
  }
});
