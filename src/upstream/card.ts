/** A post as `/feed` sends it: keys and their order are a contract with the clients. */
import type { Card } from "../domain.ts";
import { flag, record, text, type Foreign } from "./fields.ts";

type Template = Readonly<Record<string, string | number | boolean | null>>;

const CATEGORY: Template = { id: 0, name: "", count: 0, description: "", image_url: "" };
const TOPIC: Template = {
  id: 0,
  name: "",
  description: "",
  image_url: "",
  slug: "",
  is_public: true,
  project_code: "",
  posts_count: 0,
  language: null,
  created_at: "",
};
const TOPIC_OWNER: Template = {
  first_name: "",
  last_name: "",
  name: "",
  username: "",
  profile_url: "",
  user_type: null,
};
const AUTHOR_NAME: Template = { first_name: "", last_name: "" };
const AUTHOR: Template = {
  username: "",
  picture_url: "",
  user_type: null,
  has_evm_wallet: false,
  has_solana_wallet: false,
};
/** After `identifier`, before `baseToken`. */
const BODY: Template = {
  identifier: "",
  comment_count: 0,
  upvote_count: 0,
  view_count: 0,
  exit_count: 0,
  rating_count: 0,
  average_rating: 0,
  share_count: 0,
  bookmark_count: 0,
  video_link: "",
  thumbnail_url: "",
  gif_thumbnail_url: "",
  contract_address: "",
  chain_id: "",
  chart_url: "",
};
const TOKEN: Template = { address: "", name: "", symbol: "", image_url: "" };

/**
 * The card of a post row. Only listed keys get in, so what upstream adds one day can't leak out.
 */
export function toCard(row: Foreign, postId: number): Card {
  const head = {
    id: postId,
    owner: {
      ...picked(AUTHOR_NAME, row),
      name: `${text(row["first_name"])} ${text(row["last_name"])}`.trim(),
      ...picked(AUTHOR, row),
    },
    category: pickedOrEmpty(CATEGORY, row["category"]),
    topic: topic(row["topic"]),
    ...picked({ title: "" }, row),
    is_available_in_public_feed: flag(row["is_available_in_public_feed"], true),
    is_locked: flag(row["is_locked"], false),
    ...picked({ slug: "" }, row),
  };
  const tail = {
    ...picked(BODY, row),
    baseToken: picked(TOKEN, record(row["baseToken"]) ?? {}),
    ...picked({ created_at: 0 }, row),
    tags: Array.isArray(row["tags"]) ? row["tags"] : [],
  };
  return {
    head: JSON.stringify(head).slice(0, -1),
    tail: `,${JSON.stringify(tail).slice(1)}`,
  };
}

/** The template's keys of `from`, in the template's order; what is missing or no plain value, as there. */
function picked(template: Template, from: Foreign): Template {
  const plain = (value: unknown, fallback: Template[string]) =>
    value === null || ["string", "number", "boolean"].includes(typeof value)
      ? (value as Template[string])
      : fallback;
  return Object.fromEntries(
    Object.entries(template).map(([key, fallback]) => [key, plain(from[key], fallback)]),
  );
}

/** Upstream's `[]` for "none" stays one. */
function pickedOrEmpty(template: Template, value: unknown): Template | [] {
  const found = record(value);
  return found === undefined ? [] : picked(template, found);
}

function topic(value: unknown) {
  const found = record(value);
  if (found === undefined) return [];
  return { ...picked(TOPIC, found), owner: pickedOrEmpty(TOPIC_OWNER, found["owner"]) };
}
