/** Rows of an export: stored posts, users and events as the rows that would store them again. */
import type { StoredPost, StoredUser } from "../../data/catalogue.ts";
import type { ExportedEvent, HeldEvent } from "../../data/log-entries.ts";
import { signalOf } from "../../domain/known-signals.ts";
import { LIMITS } from "./fields.ts";
import { parseJson } from "./json.ts";
import type { Row, RowName } from "./row.ts";
import { fromStored, jsonRow } from "./stored.ts";

type Found = {
  readonly posts: StoredPost;
  readonly users: StoredUser;
  readonly events: ExportedEvent;
};

/** A stored value as a row, by its kind. What Socialverse sent may be cut to what a row can hold. */
export const FROM_STORE: { readonly [N in RowName]: (found: Found[N]) => Row<N> } = {
  posts: (post) =>
    post.sent === undefined
      ? ofSocialverse(post)
      : { created_at: post.createdAtMs, ...fromStored<"posts">(post.sent) },
  users: ({ id, sent, username = "", bio = "" }) =>
    sent === undefined
      ? { id, ...filled("name", username, LIMITS.name), ...filled("text", bio, LIMITS.text) }
      : fromStored<"users">(sent),
  events: ({ userId, postId, kind, isWithdrawal, value, ...it }) => ({
    ...(it.clientId !== null && { id: it.clientId }),
    user: userId,
    post: postId,
    kind,
    ...(isWithdrawal ? { value: 0 } : signalOf(kind).value.unit !== "none" && { value }),
    ...(it.watchedMs !== null && { watched_ms: it.watchedMs }),
    ...(it.durationMs !== null && { duration_ms: it.durationMs }),
    at: it.atMs,
    ...(it.recommendationId !== null && { recommendation_id: it.recommendationId }),
    ...(it.session !== null && { session: it.session }),
  }),
};

/** An entry of the log as JSON for apps. */
export function heldEventJson({ receivedAtMs, origin, ...it }: HeldEvent) {
  const received_at = new Date(receivedAtMs).toISOString();
  return { ...jsonRow("events", FROM_STORE.events(it)), received_at, origin };
}

function ofSocialverse(post: StoredPost): Row<"posts"> {
  const { id, title, categories, tags, summary, createdAtMs, isHidden } = post;
  const card = JSON.stringify(parseJson(`${post.card.head}${post.card.tail}`));
  return {
    id,
    title: cut(title, LIMITS.title),
    ...filled("text", summary, LIMITS.text),
    category: names(categories, LIMITS.categories),
    tags: names(tags.split(","), LIMITS.tags),
    created_at: createdAtMs,
    ...(isHidden && { hidden: true }),
    ...(Buffer.byteLength(card) <= LIMITS.cardBytes && { card }),
  };
}

function filled(field: "name" | "text", text: string, lengthMax: number) {
  return text === "" ? {} : { [field]: cut(text, lengthMax) };
}

function cut(text: string, lengthMax: number): string {
  return text.replaceAll("\0", "").slice(0, lengthMax).toWellFormed();
}

function names(all: readonly string[], max: number): string[] {
  const cutNames = all.map((it) => cut(it, LIMITS.listedName).trim());
  return [...new Set(cutNames.filter((it) => it !== ""))].slice(0, max);
}
