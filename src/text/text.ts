/** Which words stand for a post or a user when the encoder reads them. */
import type { PostFields, UserFields } from "../data/sqlite/texts.ts";

/** What the role codes of users stand for. */
const ROLES: Readonly<Record<string, string>> = { U: "user", A: "admin" };

/** Hexadecimal, with a digit in it: "facade" is a word. */
const HEX = /^(?=.*\d)[0-9a-f]+$/i;

/**
 * A post's text, one field a line, the most telling first; "" if there is nothing to say.
 * It is not cut here: how much a model reads is the model's business (cut.ts).
 */
export function postText(post: Omit<PostFields, "key">): string {
  const { title, topic, category, slug, tags, summary } = post;
  return lines([title, topic, category, slugWords(slug, title), tags, summary]);
}

/** A user's text in the same form: bio, role, user type. */
export function userText(user: Omit<UserFields, "key">): string {
  return lines([user.bio, ROLES[user.role] ?? user.role, user.userType]);
}

/** The key under which a text's vector is kept: 32 hex digits of SHA-256; "" for no text. */
export function textHash(text: string): string {
  return text === "" ? "" : new Bun.CryptoHasher("sha256").update(text).digest("hex").slice(0, 32);
}

/** The words of a slug; none if it is a hash, or repeats the title. */
function slugWords(slug: string, title: string): string {
  const all = wordsOf(slug);
  const joined = all.join("");
  if (joined.length >= 16 && HEX.test(joined)) return "";
  const words = all.filter((word) => !isCode(word));
  const known = new Set(wordsOf(title.toLowerCase()));
  return words.every((word) => known.has(word.toLowerCase())) ? "" : words.join(" ");
}

/** Whether a machine made this up, as in "my-first-run-8f3a2c91" or "dQw4w9WgXcQ". */
function isCode(word: string): boolean {
  return word.length >= 8 && (HEX.test(word) || /\d[a-z]+\d/i.test(word));
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** The fields that say something, each in one line with single spaces. */
function lines(fields: readonly string[]): string {
  return fields
    .map((field) => field.trim().split(/\s+/).join(" "))
    .filter((field) => field !== "")
    .join("\n");
}
