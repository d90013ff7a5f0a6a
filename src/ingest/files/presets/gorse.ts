/**
 * Gorse: backups of `gorse-cli dump`, and what the dashboard exports as users, items and feedback: JSON
 * lines, CSV in older versions.
 *
 * They become the same rows as what apps send in Gorse's tongue, without cards.
 */
import { plainName, type RowName } from "../../rows/row.ts";
import { eventRow } from "../../gorse/feedback.ts";
import { postRow } from "../../gorse/items.ts";
import { userRow } from "../../gorse/users.ts";
import type { Columns } from "../contract.ts";
import type { Preset } from "./preset.ts";

/** The preset of Gorse's backups and exports. */
export const GORSE: Preset = {
  about: "Gorse: backups of gorse-cli dump, or users, items and feedback from its dashboard",
  toRows: (kind, columns) => {
    const [needed, toRow] = READERS[kind];
    const columnOf = new Map([...columns].map((it) => [plainName(it), it]));
    if (!needed.every((it) => columnOf.has(it))) return undefined;
    return (row) => [toRow((name) => row[columnOf.get(name) ?? ""])];
  },
};

/** The value of a column, by its name without case and punctuation. */
type Get = (name: string) => unknown;

const READERS: Readonly<Record<RowName, readonly [string[], (get: Get) => Columns]>> = {
  events: [
    ["feedbacktype", "userid", "itemid"],
    (get) =>
      eventRow({
        FeedbackType: get("feedbacktype"),
        UserId: get("userid"),
        ItemId: get("itemid"),
        Value: get("value"),
        Timestamp: get("timestamp"),
      }),
  ],
  posts: [
    ["itemid"],
    (get) => {
      const [categories, isHidden] = [get("categories"), get("ishidden")];
      return postRow({
        ItemId: get("itemid"),
        IsHidden: isHidden === true || isHidden === "true" || isHidden === "1",
        Categories: typeof categories === "string" ? categories.split("|") : categories,
        Timestamp: get("timestamp"),
        Labels: get("labels"),
        Comment: get("comment") ?? get("description"),
      });
    },
  ],
  users: [["userid"], (get) => userRow({ UserId: get("userid"), Labels: get("labels") })],
};
