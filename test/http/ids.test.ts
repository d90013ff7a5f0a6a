/** Ids and usernames in URLs: any text of up to 128 bytes without control characters. */
import { describe, expect, test } from "bun:test";
import type { UserId } from "../../src/domain/ids.ts";
import { ODD_IDS } from "../support/ids.ts";
import { serving } from "../support/http.ts";
import { fakeService } from "../support/service.ts";

const asked: unknown[] = [];
const service = fakeService();
const { get } = serving({
  ...service,
  similar: async (id) => (asked.push(id), []),
  feed: async (request) => {
    asked.push(request.username);
    const page = await service.feed(request);
    return page && { ...page, user: { id: request.username as UserId, known: true } };
  },
});

test.each(ODD_IDS)("%p is a post's id in a path", async (id) => {
  asked.length = 0;
  const response = await get(`/posts/${encodeURIComponent(id)}/similar`);
  expect([response.status, asked]).toEqual([200, [id]]);
});

test.each(ODD_IDS)("%p is a username in a query, and in next", async (name) => {
  asked.length = 0;
  const response = await get(`/feed?username=${encodeURIComponent(name)}`);
  const { next } = (await response.json()) as { next: string };
  await get(next);
  expect(asked).toEqual([name, name]);
});

describe("an id in a reply", () => {
  test.each([
    ["12", "12"],
    ["9007199254740993", "9007199254740993"],
    ["0", "0"],
    ["007", `"007"`],
    ["1e3", `"1e3"`],
    ["a/b", `"a/b"`],
  ])("%p is sent as %s", async (id, json) => {
    const response = await get(`/feed?username=${encodeURIComponent(id)}`);
    expect(await response.text()).toContain(`"user":{"id":${json},"known":true}`);
  });
});

test.each([
  ["%0A", "contains a control character"],
  ["%C2%85", "contains a control character"],
  ["x".repeat(129), "has 129 bytes; at most 128 are allowed"],
  [encodeURIComponent("é".repeat(65)), "has 130 bytes; at most 128 are allowed"],
])("%s is no id", async (id, message) => {
  const response = await get(`/posts/${id}/similar?limit=0`);
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    errors: [{ field: "limit" }, { field: "id", message }],
  });
});
