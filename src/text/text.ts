/** The text of a post or a user that the encoder reads. */
import type { PostText, UserText } from "../data/texts.ts";

/** Words for the role codes of users. */
const ROLES: Readonly<Record<string, string>> = { U: "user", A: "admin" };

/** Hexadecimal, with a digit in it: "facade" is a word. */
const HEX = /^(?=.*\d)[0-9a-f]+$/i;

/**
 * Text of a post, one field a line, the most telling first; "" if all fields are empty. The encoder
 * cuts it to what the model reads (cut.ts).
 */
export function postText(post: Omit<PostText, "key">): string {
  const { title, topic, category, slug, tags, summary } = post;
  return lines([title, topic, category, slugWords(slug, title), tags, summary]);
}

/** Text of a user, one field a line: bio, role, user type. */
export function userText(user: Omit<UserText, "key">): string {
  return lines([user.bio, ROLES[user.role] ?? user.role, user.userType]);
}

/** Key of a text's vector: 32 hex digits of SHA-256; "" for the empty text. */
export function textHash(text: string): string {
  return text === "" ? "" : new Bun.CryptoHasher("sha256").update(text).digest("hex").slice(0, 32);
}

/** Words of a slug; "" if it is a hash or repeats the title. */
function slugWords(slug: string, title: string): string {
  const all = wordsOf(slug);
  const joined = all.join("");
  if (joined.length >= 16 && HEX.test(joined)) return "";
  const words = all.filter((word) => !isCode(word));
  const known = new Set(wordsOf(title.toLowerCase()));
  return words.every((word) => known.has(word.toLowerCase())) ? "" : words.join(" ");
}

/** True for a word that a machine made, such as the last of "my-first-run-8f3a2c91" or "dQw4w9WgXcQ". */
function isCode(word: string): boolean {
  return word.length >= 8 && (HEX.test(word) || /\d[a-z]+\d/i.test(word));
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** The fields that are not empty, each on a line with single spaces. */
function lines(fields: readonly string[]): string {
  return fields
    .map((field) => field.trim().split(/\s+/).join(" "))
    .filter((field) => field !== "")
    .join("\n");
}
