/** The end of a scan: an upstream steers the loop over its pages, but never for ever. */
import { describe, expect, test } from "bun:test";
import { plainDataset } from "../../support/dataset.ts";
import type { Row } from "../../support/rows.ts";
import { clientOf } from "../../support/upstream.ts";
import { socialverse } from "../../support/socialverse.ts";
import type { Endpoint } from "../../../src/data/scans.ts";
import type { Limits } from "../../../src/ingest/socialverse/pages.ts";

const SIZE = 10;
const { view } = plainDataset({ users: 10, posts: 50 });
/** Page `n` of rows `SIZE` at a time. */
const page = (n: number, rows: readonly Row[] = view) => rows.slice((n - 1) * SIZE, n * SIZE);
const list = (posts: unknown) => Response.json({ status: "success", posts });

/** Reads an upstream that answers page `n` with `answer(n)`, up to its end or its error. */
async function read(
  answer: (n: number, asked: number) => Response | readonly unknown[],
  {
    endpoint = "view",
    ...over
  }: { endpoint?: Endpoint; limits?: Partial<Limits>; retries?: number } = {},
) {
  let asked = 0;
  const fetch = async (request: Request) => {
    const found = answer(Number(new URL(request.url).searchParams.get("page")), ++asked);
    return found instanceof Response ? found : list(found);
  };
  const standIn = socialverse({ data: plainDataset({ users: 0, posts: 0 }) });
  const client = clientOf(standIn, { fetch, pageSize: SIZE, retries: 0, ...over });
  const rows: unknown[] = [];
  let error = "";
  try {
    for await (const found of client.pages(endpoint)) rows.push(...found);
  } catch (cause) {
    error = String(cause);
  }
  const ids = new Set(rows.map((it) => (it as Row).id));
  return { asked, rows, ids, error };
}

/** Pages 1, 2 and 3, of which the last is not full; then what is past the end. */
const threeThen = (past: (n: number, asked: number) => Response | readonly unknown[]) =>
  read((n, asked) => (n <= 3 ? page(n, view.slice(0, 25)) : past(n, asked)));

describe("past the end", () => {
  test.each<[string, () => Response]>([
    ["an empty list", () => list([])],
    ["null as the list", () => list(null)],
    ["an empty object as the list", () => list({})],
    ["null", () => Response.json(null)],
    ["an empty object", () => Response.json({})],
    ["an empty array", () => Response.json([])],
    ["an empty body", () => new Response("")],
    ["204", () => new Response(null, { status: 204 })],
    ["404", () => Response.json({ detail: "Invalid page." }, { status: 404 })],
    ["410", () => new Response("gone", { status: 410 })],
    ["the last page again", () => list(page(3, view.slice(0, 25)))],
    ["the first page again", () => list(page(1))],
  ])("%s is the end", async (_, past) => {
    const { asked, ids, error } = await threeThen(past);
    expect([asked, ids.size, error]).toEqual([4, 25, ""]);
  });

  test.each<[string, () => Response]>([
    ["null as the list", () => list(null)],
    ["null", () => Response.json(null)],
    ["an empty body", () => new Response("")],
    ["204", () => new Response(null, { status: 204 })],
    ["404", () => new Response("", { status: 404 })],
  ])("%s is no end on the first page: nothing was read", async (_, first) => {
    const { asked, error } = await read(first);
    expect(asked).toBe(1);
    expect(error).toMatch(/^UpstreamError: .*\/posts\/view, page 1\)/);
  });

  test.each<[string, () => Response]>([
    ["a failure", () => Response.json({ status: "error", posts: null })],
    ["a list under another name", () => Response.json({ status: "success", views: [] })],
    ["status 500", () => new Response("", { status: 500 })],
    ["status 401", () => new Response("", { status: 401 })],
    ["HTML", () => new Response("<h1>Maintenance</h1>")],
  ])("%s is no end either", async (_, past) => {
    const { error } = await threeThen(past);
    expect(error).toMatch(/^UpstreamError: .*\/posts\/view, page 4\)/);
  });
});

describe("rows that come again", () => {
  test("end a list that fits into one page of an upstream without pages", async () => {
    const { asked, ids, error } = await read(() => view.slice(0, 7));
    expect([asked, ids.size, error]).toEqual([2, 7, ""]);
  });

  test("end a list that comes as a whole, larger than a page", async () => {
    const { asked, ids, error } = await read(() => view.slice(0, 25));
    expect([asked, ids.size, error]).toEqual([2, 25, ""]);
  });

  test("are an error where a full first page hides the others", async () => {
    const { asked, error } = await read(() => page(1));
    expect(asked).toBe(2);
    expect(error).toContain("upstream sends the same page again");
    expect(error).toContain("rows are missing");
  });

  test("are an error where the page is as full as upstream itself says", async () => {
    const envelope = { status: "success", max_page_size: 4, posts: view.slice(0, 4) };
    const { asked, error } = await read(() => Response.json(envelope));
    expect(asked).toBe(2);
    expect(error).toContain("rows are missing");
  });

  test("end a list whose full last page comes for every later one", async () => {
    const { asked, ids, error } = await read((n) => page(Math.min(n, 3)));
    expect([asked, ids.size, error]).toEqual([4, 30, ""]);
  });

  test("end where two pages alternate that are not full, and are an error where they are", async () => {
    const short = await read((n) => page(1 + ((n + 1) % 2)).slice(0, 5));
    expect([short.asked, short.ids.size, short.error]).toEqual([3, 10, ""]);
    const full = await read((n) => page(1 + ((n + 1) % 2)));
    expect([full.asked, full.ids.size]).toEqual([3, 20]);
    expect(full.error).toContain("upstream sends rows again");
  });

  test("end it too where counters, order, times and ids of events differ each time", async () => {
    const posts = [1, 2, 3].map((id) => ({ id, title: "x" }));
    const counted = await read((_, asked) => posts.map((it) => ({ ...it, views: asked })), {
      endpoint: "posts",
    });
    expect([counted.asked, counted.error]).toEqual([2, ""]);
    const seen = view.slice(0, 5);
    const renamed = await read((_, asked) =>
      seen.toReversed().map((it) => ({ ...it, id: it.id + 1_000 * asked, viewed_at: asked })),
    );
    expect([renamed.asked, renamed.error]).toEqual([2, ""]);
  });

  test("beside new ones are no end: pages may overlap, grow and come in any order", async () => {
    const overlapping = await read((n) => view.slice(7 * (n - 1), 7 * (n - 1) + SIZE));
    expect([overlapping.ids.size, overlapping.error]).toEqual([view.length, ""]);
    const growing = await read((n) => view.slice(0, SIZE * n));
    expect([growing.ids.size, growing.error]).toEqual([view.length, ""]);
    const backwards = await read((n) => page(n, view.toReversed()).toReversed());
    expect([backwards.ids.size, backwards.error]).toEqual([view.length, ""]);
  });
});

describe("rows that cannot be told apart", () => {
  test("do not end a scan that goes on with good ones", async () => {
    const { ids, error } = await read((n) => (n === 2 ? page(2).map(() => ({})) : page(n)));
    expect([ids.size, error]).toEqual([view.length - SIZE + 1, ""]);
  });

  test("on every page are an error", async () => {
    const { asked, error } = await read((_, it) => [{ user_id: null, post_id: {}, it }, "row", 7]);
    expect(asked).toBe(4);
    expect(error).toContain("without a row that has an id");
  });
});

describe("a list without end", () => {
  const endless = (n: number) =>
    view.slice(0, SIZE).map((it) => ({ ...it, post_id: 100 * n + it.id }));

  test.each([
    [{ pages: 5 }, 5, "more than 5 pages", "raise SYNC_MAX_PAGES"],
    [{ rows: 35 }, 4, "more than 35 rows", "raise SYNC_MAX_ROWS"],
  ] as const)("is left at the limit that is set: %j", async (limits, requests, what, whatToDo) => {
    const { asked, error } = await read(endless, { limits });
    expect(asked).toBe(requests);
    expect(error).toContain(what);
    expect(error).toContain(whatToDo);
  });

  test("is left when its time is over, in the middle of a reply or of a pause too", async () => {
    const drip = () =>
      new Response(
        new ReadableStream({
          async pull(controller) {
            await Bun.sleep(5);
            controller.enqueue(new TextEncoder().encode(" "));
          },
        }),
      );
    const later = () => new Response("", { status: 429, headers: { "retry-after": "86400" } });
    for (const late of [drip, later]) {
      const limits = { timeMs: 200 };
      const { error } = await read((n) => (n < 3 ? endless(n) : late()), { limits, retries: 1 });
      expect(error).toContain("not read to its end in");
      expect(error).toContain("raise SYNC_MAX_MINUTES");
    }
  });
});
