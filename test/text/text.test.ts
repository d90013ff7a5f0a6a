import { describe, expect, test } from "bun:test";
import { postText, textHash, userText } from "../../src/text/text.ts";

const BARE = { title: "", topic: "", category: "", slug: "", tags: "", summary: "" };

describe("the text of a post", () => {
  test("is its fields, a line each, the most telling first", () => {
    const text = postText({
      title: " Up before\nthe sun ",
      topic: "Flic",
      category: "Morning routines",
      slug: "five-am-club",
      tags: "habits, sleep",
      summary: "A runner\n\n ties her shoes.",
    });
    expect(text.split("\n")).toEqual([
      "Up before the sun",
      "Flic",
      "Morning routines",
      "five am club",
      "habits, sleep",
      "A runner ties her shoes.",
    ]);
  });

  test.each([
    ["9b74c9897bac770ffc029102a200c5de1a2b3c4d", ""],
    ["550e8400-e29b-41d4-a716-446655440000", ""],
    ["dQw4w9WgXcQ", ""],
    ["1712345678901", ""],
    ["my-first-run-8f3a2c91", "my first run"],
    ["decade-of-facades", "decade of facades"],
    ["top-10-habits-2026", "top 10 habits 2026"],
    ["путь-в-горы", "путь в горы"],
    ["life_after_covid19vaccine", "life after covid19vaccine"],
    ["---", ""],
  ])("has the words of a slug, not its hashes: %s", (slug, words) => {
    expect(postText({ ...BARE, slug })).toBe(words);
  });

  test("contains a slug only if it differs from the title", () => {
    const title = "Up Before the Sun!";
    expect(postText({ ...BARE, title, slug: "up-before-the-sun" })).toBe(title);
    expect(postText({ ...BARE, title, slug: "up-before-noon" })).toBe(`${title}\nup before noon`);
  });

  test("is empty for a post that says nothing, and then has no hash", () => {
    const text = postText({
      ...BARE,
      title: " ",
      slug: "9b74c9897bac770ffc029102a200c5de1a2b3c4d",
    });
    expect(text).toBe("");
    expect(textHash(text)).toBe("");
  });
});

test("the text of a user is bio, role in words, user type", () => {
  expect(userText({ bio: "Runs.\nWrites.", role: "U", userType: "creator" })).toBe(
    "Runs. Writes.\nuser\ncreator",
  );
  expect(userText({ bio: "", role: "A", userType: "" })).toBe("admin");
  expect(userText({ bio: "", role: "editor", userType: "" })).toBe("editor");
  expect(userText({ bio: "", role: "", userType: "" })).toBe("");
});

describe("the hash of a text", () => {
  test("is the first half of its SHA-256", () => {
    expect(textHash("abc")).toBe("ba7816bf8f01cfea414140de5dae2223");
  });

  test("distinguishes equal words in different fields", () => {
    const a = postText({ ...BARE, title: "calm", category: "night run" });
    const b = postText({ ...BARE, title: "calm night", category: "run" });
    expect(textHash(a)).not.toBe(textHash(b));
  });
});
