/**
 * KuaiRand, short videos: logs, sequences of what people watched before the log, and videos.
 *
 * What counts is liking: a view for long and a like are both likes. For views with their watch time,
 * import a log with `--map kind=view,watched_ms=play_time_ms` instead.
 *
 * @see Gao et al., "KuaiRand" (CIKM 2022).
 */
import type { Columns } from "../contract.ts";
import { numberOf, textIn, type Preset, type ToRows } from "./preset.ts";

/** When the log of the validation days begins. */
const LOG_BEGINS_MS = 1_650_812_741_436;
const DAY_MS = 86_400_000;

/** See the file. */
export const KUAIRAND: Preset = {
  about: "KuaiRand: logs, train_sequences.tsv, video_features_basic*.csv",
  toRows: (kind, columns) => {
    const found = READERS.find((it) => it.kind === kind && columns.has(it.column));
    return found?.toRows;
  },
};

const READERS: readonly { kind: string; column: string; toRows: ToRows }[] = [
  { kind: "events", column: "long_view", toRows: longViews },
  { kind: "events", column: "watch_seq", toRows: (it) => sequenceEvents(it, LOG_BEGINS_MS) },
  { kind: "posts", column: "upload_dt", toRows: (it) => [videoPost(it)] },
];

/** The event of a log's row: none if it was not viewed for long. */
export function longViews(row: Columns) {
  if (textIn(row, "long_view") !== "1") return [];
  return [liked(textIn(row, "user_id"), textIn(row, "video_id"), numberOf(row, "time_ms"))];
}

/** A person's long views and likes before the log begins, in the order watched, a millisecond apart. */
export function sequenceEvents(person: Columns, logBeginsMs: number) {
  const list = (name: string) => textIn(person, name).split(" ").filter(Boolean);
  const watched = list("watch_seq");
  const place = (post: string) => watched.lastIndexOf(post);
  return [...new Set([...list("like_seq"), ...list("long_watch_seq")])]
    .sort((a, b) => place(a) - place(b))
    .map((post, n) => liked(textIn(person, "user_id"), post, logBeginsMs - DAY_MS + n));
}

function liked(user: string, post: string, at: number) {
  return { user, post, kind: "like", at } as const;
}

/** A video as a post; its first tag is its category. Videos have no titles. */
export function videoPost(row: Columns) {
  const uploaded = textIn(row, "upload_dt");
  const duration = numberOf(row, "video_duration");
  const creator = textIn(row, "author_id");
  const tags = textIn(row, "tag").split(",").filter(Boolean);
  return {
    id: textIn(row, "video_id"),
    title: "",
    category: tags.slice(0, 1),
    tags,
    ...(/^\d{4}-\d\d-\d\d$/.test(uploaded) && { created_at: `${uploaded}T00:00:00Z` }),
    ...(creator !== "" && { creator }),
    ...(duration > 0 && { duration_ms: duration }),
  };
}
