/**
 * Gorse's items as posts, and back. A comment is title and text, labels are tags; the item itself but
 * for its time is the post's card, so that it is given back as it was sent.
 */
import type { StoredPost } from "../../data/catalogue.ts";
import { LIMITS } from "../rows/fields.ts";
import type { Row } from "../rows/row.ts";
import { jsonRow } from "../rows/stored.ts";
import { cardIn, cardOf, goTime, NO_TIME, timeIn, wordsIn } from "./values.ts";

/** An item. */
export type Item = {
  readonly ItemId: string;
  readonly IsHidden: boolean;
  readonly Categories: readonly string[];
  readonly Timestamp: string;
  readonly Labels: unknown;
  readonly Comment: string;
};

/** An item as somebody sends it. */
export type SentItem = Readonly<Partial<Record<keyof Item, unknown>>>;

/** Of a comment's first line; a longer comment is the text as well. */
const TITLE_LENGTH = 200;

/** The row of an item, without a card. */
export function postRow(item: SentItem): Record<string, unknown> {
  const { Comment: comment, Labels: labels } = item;
  const written = typeof comment === "string" ? comment.trim() : "";
  const title = written.split("\n", 1)[0]!.trim().slice(0, TITLE_LENGTH);
  const words = wordsIn(labels);
  // A label that is too long for a tag is text.
  const [tags, long] = [[] as string[], written === title ? [] : [written]];
  for (const it of words) (it.length <= LIMITS.listedName ? tags : long).push(it);
  const { Categories: categories } = item;
  return {
    id: item.ItemId,
    title:
      comment === undefined || comment === null || typeof comment === "string" ? title : comment,
    ...(long.length > 0 && { text: long.join("\n") }),
    category: Array.isArray(categories) ? categories.slice(0, LIMITS.categories) : categories,
    tags: [...new Set(tags)].slice(0, LIMITS.tags),
    created_at: timeIn(item.Timestamp),
    hidden: item.IsHidden ?? false,
  };
}

/** The row of an item, with the item as its card. */
export function postRowWithCard(item: SentItem): Record<string, unknown> {
  const { ItemId, IsHidden, Categories, Labels, Comment } = item;
  const card = cardOf({ ItemId, IsHidden, Categories, Labels, Comment });
  return { ...postRow(item), card };
}

/** Fields of a post's row by the fields of an item that they are made of. */
const MADE_OF = {
  IsHidden: ["hidden"],
  Categories: ["category"],
  Timestamp: ["created_at"],
  Labels: ["tags"],
  Comment: ["title", "text"],
};

/** The row of a post with what a patch of its item names. A card is changed only if it is Gorse's. */
export function patchedPostRow(
  before: Row<"posts">,
  stored: StoredPost,
  patch: SentItem,
): Record<string, unknown> {
  const after = postRowWithCard({ ...itemOf(stored), ...patch, ItemId: stored.id });
  const isGorses = cardIn<Item>(stored.sent, "ItemId") !== undefined;
  const named = Object.entries(MADE_OF).flatMap(([name, made]) => (name in patch ? made : []));
  if (isGorses) named.push("card", ...("Labels" in patch ? ["text"] : []));
  const changed = Object.fromEntries(named.map((it) => [it, after[it]]));
  return { ...jsonRow("posts", before), ...changed };
}

/** The item of a stored post: as it was sent, or made of the post's fields. */
export function itemOf(post: StoredPost): Item {
  const { id, title, summary, tags, categories, isHidden, createdAtMs, sent } = post;
  const blank = {
    ItemId: id,
    IsHidden: isHidden,
    Categories: categories,
    Timestamp: createdAtMs === 0 ? NO_TIME : goTime(createdAtMs),
    Labels: tags === "" ? [] : tags.split(", "),
    Comment: summary.startsWith(title) ? summary : title,
  };
  return { ...blank, ...cardIn<Item>(sent, "ItemId"), ItemId: id }; // a number may have been sent
}
