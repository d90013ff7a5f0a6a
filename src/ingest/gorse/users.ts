/**
 * Gorse's users, and back. The words of their labels are what they say about themselves; the user is the
 * card, so that it is given back as it was sent.
 */
import type { StoredUser } from "../../data/catalogue.ts";
import type { Row } from "../rows/row.ts";
import { jsonRow } from "../rows/stored.ts";
import { cardIn, cardOf, wordsIn } from "./values.ts";

/** A user. */
export type User = {
  readonly UserId: string;
  readonly Labels: unknown;
  readonly Comment: string;
};

/** A user as somebody sends it. */
export type SentUser = Readonly<Partial<Record<keyof User, unknown>>>;

/** The row of a user, without a card. */
export function userRow({ UserId, Labels }: SentUser): Record<string, unknown> {
  const text = wordsIn(Labels).join(", ");
  return { id: UserId, ...(text !== "" && { text }) };
}

/** The row of a user, with the user as its card. */
export function userRowWithCard(user: SentUser): Record<string, unknown> {
  const { UserId, Labels, Comment } = user;
  return { ...userRow(user), card: cardOf({ UserId, Labels, Comment }) };
}

/** The row of a user with what a patch names. The card of an app that is not Gorse's client stays. */
export function patchedUserRow(
  before: Row<"users">,
  stored: StoredUser,
  patch: SentUser,
): Record<string, unknown> {
  const { text, card } = userRowWithCard({ ...userOf(stored), ...patch, UserId: stored.id });
  const isAnothers = before.card !== undefined && !cardIn<User>(stored.sent, "UserId");
  return {
    ...jsonRow("users", before),
    ...("Labels" in patch && { text }),
    ...(!isAnothers && { card }),
  };
}

/** The user of a stored one: as it was sent, or made of the text. */
export function userOf({ id, sent }: Pick<StoredUser, "id" | "sent">): User {
  const { text = "" } = JSON.parse(sent ?? "{}") as { readonly text?: string };
  const blank = { UserId: id, Labels: text === "" ? [] : text.split(", "), Comment: "" };
  return { ...blank, ...cardIn<User>(sent, "UserId"), UserId: id };
}
