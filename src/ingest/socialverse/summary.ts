/** Upstream's analysis of a video, flattened to text. */
import { finite, record, text, withoutAddresses } from "./fields.ts";

/** Longer texts are cut: encoders read far less. */
const LENGTH_MAX = 20_000;
/** Deeper nesting is not followed. */
const DEPTH_MAX = 20;

/**
 * The text of an analysis, most informative parts first: description, keywords by weight, genre,
 * topics, then all other values as sent. Inner keys, numbers and flags are left out.
 */
export function flattenSummary(value: unknown): string {
  const summary = record(value);
  if (summary === undefined) return joined(leaves(value));
  const { description, keywords, genre, topics_of_video, ...rest } = summary;
  return joined([
    ...leaves(description),
    ...leaves(byWeight(keywords)),
    ...leaves(genre),
    ...leaves(topics_of_video),
    ...leaves(rest),
  ]);
}

/** Every text within `value`, in order, without markdown's marks and e-mail addresses. */
export function leaves(value: unknown, depth = 0): string[] {
  if (typeof value === "string") {
    const plain = withoutAddresses(value.slice(0, LENGTH_MAX))
      .replace(/[#*`]+|\s+/g, " ")
      .replace(/ {2,}/g, " ")
      .trim();
    return plain === "" ? [] : [plain];
  }
  if (typeof value !== "object" || value === null || depth === DEPTH_MAX) return [];
  return Object.values(value).flatMap((it) => leaves(it, depth + 1));
}

/** `[{keyword, weight}]` as keywords, heaviest first; anything else as it is. */
function byWeight(keywords: unknown): unknown {
  if (!Array.isArray(keywords)) return keywords;
  const weight = (it: unknown) => finite(record(it)?.["weight"]) ?? 0;
  return keywords
    .toSorted((a, b) => weight(b) - weight(a))
    .map((it: unknown) => (record(it) === undefined ? it : text(record(it)?.["keyword"])));
}

function joined(parts: readonly string[]): string {
  return parts.join("\n").slice(0, LENGTH_MAX);
}
