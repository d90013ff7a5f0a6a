/** `GET /search`, `GET /posts`, `GET /users` and `GET /glossary` over HTTP. */
import { expect, test } from "bun:test";
import { fakeService } from "../support/service.ts";
import { GLOSSARY } from "../../src/feed/glossary.ts";
import { apiDocument } from "../../src/http/server.ts";
import { serving } from "../support/http.ts";

const { get } = serving(fakeService());

test("the search is for trimmed text, and refuses nothing and too much", async () => {
  expect(await (await get("/search?q=%20ada%20&limit=3")).json()).toEqual({ people: [{ id: "12", name: "ada" }], posts: [] }); // prettier-ignore
  for (const query of ["", "?q=", "?q=%20", "?q=a&limit=0", `?q=${"x".repeat(201)}`, "?q=a&limt=3"])
    expect((await get(`/search${query}`)).status).toBe(422);
});

test("posts are given by their ids, and a request for none is refused", async () => {
  const { posts } = (await (await get("/posts?id=b&id=a")).json()) as { posts: { id: string }[] };
  expect(posts.map(({ id }) => id)).toEqual(["b", "a"]);
  expect(posts[0]).toMatchObject({ title: "post b", created_at: "1970-01-01T00:00:00.000Z" });
  expect((await get("/posts")).status).toBe(422);
});

test("people are given by their ids, and without ids those who were here last", async () => {
  expect(await (await get("/users?id=b&id=a")).json()).toEqual({ users: [{ id: "b", name: "name of b" }, { id: "a", name: "name of a" }] }); // prettier-ignore
  expect(await (await get("/users?limit=3")).json()).toEqual({ users: [{ id: "12", name: "newest of 3" }] }); // prettier-ignore
  const { paths } = (await apiDocument("test")) as { paths: Record<string, { get: { parameters: object[] } }> }; // prettier-ignore
  const [usual, described] = [10, paths["/users"]!.get.parameters];
  expect(described).toContainEqual(expect.objectContaining({ name: "limit", description: "Most people to return", schema: expect.objectContaining({ default: usual }) })); // prettier-ignore
  expect(await (await get("/users")).json()).toEqual({ users: [{ id: "12", name: `newest of ${usual}` }] }); // prettier-ignore
  for (const query of [
    "?id=",
    "?limit=0",
    "?ids=a",
    `?${"id=a&".repeat(101).slice(0, -1)}`,
    "?id=%07",
  ])
    expect((await get(`/users${query}`)).status).toBe(422);
});

test("the glossary gives every word with its meaning", async () => {
  const { words } = (await (await get("/glossary")).json()) as { words: { word: string; meaning: string }[] }; // prettier-ignore
  expect(Object.fromEntries(words.map((it) => [it.word, it.meaning]))).toEqual(GLOSSARY);
});
