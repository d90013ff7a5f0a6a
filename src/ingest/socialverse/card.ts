/** A post as `/feed` sends it: keys and their order are a contract with the clients. */
import { idJson, type PostId } from "../../domain/ids.ts";
import type { Card, Post } from "../../domain/post.ts";
import type { Foreign } from "./fields.ts";
import {
  count,
  flag,
  link,
  numericId,
  percent,
  record,
  text,
  textOrNull,
  timeMs,
  withoutAddresses,
} from "./fields.ts";
import { leaves } from "./summary.ts";

/** Keys of an object in their order, with the reader of each value. */
type Template = Readonly<Record<string, (value: unknown) => string | number | boolean | null>>;

const idOrZero = (value: unknown) => numericId(value) ?? 0;
const isTrue = (value: unknown) => flag(value, false) ?? false;

/** A category with a number. */
const CATEGORY: Template = { id: idOrZero, name: text, count, description: text, image_url: link };
/** A category that has its name as its id. */
export const NAMED_CATEGORY: Template = { ...CATEGORY, id: text };
const TOPIC: Template = {
  id: idOrZero,
  name: text,
  description: text,
  image_url: link,
  slug: text,
  is_public: (value) => flag(value, true) ?? false,
  project_code: text,
  posts_count: count,
  language: textOrNull,
  created_at: text,
};
const TOPIC_OWNER: Template = {
  first_name: text,
  last_name: text,
  name: text,
  username: text,
  profile_url: link,
  user_type: textOrNull,
};
const AUTHOR_NAME: Template = { first_name: text, last_name: text };
const AUTHOR: Template = {
  username: text,
  picture_url: link,
  user_type: textOrNull,
  has_evm_wallet: isTrue,
  has_solana_wallet: isTrue,
};
/** After `identifier`, before `baseToken`. */
const BODY: Template = {
  identifier: text,
  comment_count: count,
  upvote_count: count,
  view_count: count,
  exit_count: count,
  rating_count: count,
  average_rating: percent,
  share_count: count,
  bookmark_count: count,
  video_link: link,
  thumbnail_url: link,
  gif_thumbnail_url: link,
  contract_address: text,
  chain_id: text,
  chart_url: link,
};
const TOKEN: Template = { address: text, name: text, symbol: text, image_url: link };

/** Most tags of a post that are kept. */
const TAGS_MAX = 50;

/** Objects and lists that were sent as text. */
const JSON_LIKE = /^\s*[{[]/;

/** A tag: its name, or an object with these three keys. */
type Tag = string | { readonly id?: number; readonly name?: string; readonly slug?: string };

/**
 * The card of a post row, with its flags as read. It contains only the listed keys, each in its type,
 * so that nothing that upstream adds or changes later leaks out.
 */
export function toCard(
  row: Foreign,
  postId: PostId,
  { isPublic, isLocked }: Pick<Post, "isPublic" | "isLocked">,
  category = CATEGORY,
): Card {
  const head = {
    owner: {
      ...picked(AUTHOR_NAME, row),
      name: `${text(row["first_name"])} ${text(row["last_name"])}`.trim(),
      ...picked(AUTHOR, row),
    },
    category: pickedOrEmpty(category, row["category"]),
    topic: topic(row["topic"]),
    title: text(row["title"]),
    is_available_in_public_feed: isPublic,
    is_locked: isLocked,
    slug: text(row["slug"]),
  };
  const tail = {
    ...picked(BODY, row),
    baseToken: picked(TOKEN, record(row["baseToken"]) ?? {}),
    created_at: timeMs(row["created_at"]) ?? 0,
    tags: toTags(row["tags"]),
  };
  return {
    head: `{"id":${idJson(postId)},${JSON.stringify(head).slice(1, -1)}`, // a double would lose digits
    tail: `,${JSON.stringify(tail).slice(1)}`,
  };
}

/** The names of a post's tags, without markdown's marks. */
export function tagNames(value: unknown): string[] {
  return leaves(toTags(value).map((it) => (typeof it === "string" ? it : (it.name ?? it.slug))));
}

function toTags(value: unknown): Tag[] {
  if (!Array.isArray(value)) return [];
  return value
    .slice(0, TAGS_MAX)
    .map(toTag)
    .filter((it) => it !== "");
}

function toTag(value: unknown): Tag {
  const row = record(value);
  if (row === undefined) return label(value);
  const [tagId, name, slug] = [numericId(row["id"]), label(row["name"]), label(row["slug"])];
  if (name === "" && slug === "") return "";
  return {
    ...(tagId !== undefined && { id: tagId }),
    ...(name !== "" && { name }),
    ...(slug !== "" && { slug }),
  };
}

/** A tag's text without e-mail addresses; "" if it is JSON, which may have keys that are not allowed. */
function label(value: unknown): string {
  const written = withoutAddresses(text(value));
  return JSON_LIKE.test(written) ? "" : written.trim();
}

/** The template's keys of `from`, in the template's order. */
function picked(template: Template, from: Foreign) {
  return Object.fromEntries(Object.entries(template).map(([key, read]) => [key, read(from[key])]));
}

/** Upstream's `[]` for "none" stays one. */
function pickedOrEmpty(template: Template, value: unknown) {
  const found = record(value);
  return found === undefined ? [] : picked(template, found);
}

function topic(value: unknown) {
  const found = record(value);
  if (found === undefined) return [];
  return { ...picked(TOPIC, found), owner: pickedOrEmpty(TOPIC_OWNER, found["owner"]) };
}
