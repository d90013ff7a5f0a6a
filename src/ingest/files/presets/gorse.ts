/**
 * Gorse: backups of `gorse-cli dump`, and what the dashboard exports as users, items and feedback: JSON
 * lines, CSV in older versions.
 *
 * Feedback types are kinds of event by their names; "read" is a view. Labels become tags, a comment
 * becomes the title.
 */
import { plainName, type RowName } from "../../rows/row.ts";
import type { Columns } from "../contract.ts";
import type { Preset } from "./preset.ts";

/** See the file. */
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
    (get) => ({
      user: get("userid"),
      post: get("itemid"),
      kind: get("feedbacktype") === "read" ? "view" : get("feedbacktype"),
      at: timeOf(get("timestamp")),
    }),
  ],
  posts: [
    ["itemid"],
    (get) => {
      const written = get("comment") ?? get("description");
      const comment = typeof written === "string" ? written : "";
      const [categories, isHidden] = [get("categories"), get("ishidden")];
      return {
        id: get("itemid"),
        title: comment.slice(0, TITLE_LENGTH),
        ...(comment.length > TITLE_LENGTH && { text: comment }),
        category: typeof categories === "string" ? categories.split("|") : categories,
        tags: labelsIn(get("labels")).slice(0, TAGS_MAX),
        created_at: timeOf(get("timestamp")),
        hidden: isHidden === true || isHidden === "true" || isHidden === "1",
      };
    },
  ],
  users: [
    ["userid"],
    (get) => {
      const labels = labelsIn(get("labels")).join(", ");
      return { id: get("userid"), ...(labels !== "" && { text: labels }) };
    },
  ],
};

/** Of a comment; a longer one is the text. */
const TITLE_LENGTH = 200;
const TAGS_MAX = 50;

/** Every text in labels, which are any JSON, or names parted by "|". Numbers are vectors. */
function labelsIn(labels: unknown): string[] {
  if (typeof labels === "string") {
    const parsed = /^(?:[[{"]|null$)/.test(labels) ? jsonOf(labels) : undefined;
    return parsed === undefined ? labels.split("|").filter(Boolean) : labelsIn(parsed);
  }
  if (typeof labels !== "object" || labels === null) return [];
  return Object.values(labels).flatMap((it) => (typeof it === "string" ? [it] : labelsIn(it)));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** RFC 3339, or Go's "2024-05-01 12:00:00 +0000 UTC"; the year 1 stands for no time. */
function timeOf(value: unknown): unknown {
  if (typeof value !== "string" || value === "" || value.startsWith("0001-01-01")) return undefined;
  const go = /^(\S+) (\d\d:\d\d:\d\d(?:\.\d+)?) ([+-]\d\d)(\d\d)(?: \w+)?$/.exec(value);
  return go ? `${go[1]}T${go[2]}${go[3]}:${go[4]}` : value;
}
