/**
 * KuaiRand, short videos: logs, sequences of what people watched before the log, and videos.
 *
 * A play is a view, a like is a like. Views of a log have their watch time; sequences have the order only.
 *
 * @see Gao et al., "KuaiRand" (CIKM 2022).
 */
import { DAY_MS } from "../../../domain/day.ts";
import type { Columns } from "../contract.ts";
import { numberOf, textIn, type Preset, type ToRows } from "./preset.ts";

/** Start of the log of the validation days. */
const LOG_BEGINS_MS = 1_650_812_741_436;

/** The preset of KuaiRand's files. */
export const KUAIRAND: Preset = {
  about: "KuaiRand: logs, train_sequences.tsv, video_features_basic*.csv",
  toRows: (kind, columns) => {
    const found = READERS.find((it) => it.kind === kind && columns.has(it.column));
    return found?.toRows;
  },
};

const READERS: readonly { kind: string; column: string; toRows: ToRows }[] = [
  { kind: "events", column: "long_view", toRows: logEvents },
  { kind: "events", column: "watch_seq", toRows: (it) => sequenceEvents(it, LOG_BEGINS_MS) },
  { kind: "posts", column: "upload_dt", toRows: (it) => [videoPost(it)] },
];

/** The view and the like of a log's row; neither if the video was only shown. */
export function logEvents(row: Columns) {
  const [watchedMs, lengthMs] = [numberOf(row, "play_time_ms"), numberOf(row, "duration_ms")];
  const it = {
    user: textIn(row, "user_id"),
    post: textIn(row, "video_id"),
    at: numberOf(row, "time_ms"),
  };
  const isPlayed = watchedMs > 0 || textIn(row, "long_view") === "1";
  return [
    ...(isPlayed ? [viewed(it, watchedMs, lengthMs)] : []),
    ...(textIn(row, "is_like") === "1" ? [liked(it)] : []),
  ];
}

/** A person's views and likes before the log begins, each post once, in the order watched, a millisecond apart. */
export function sequenceEvents(person: Columns, logBeginsMs: number) {
  const list = (name: string) => textIn(person, name).split(" ").filter(Boolean);
  const watched = list("watch_seq");
  const place = new Map(watched.map((post, n) => [post, n]));
  const likes = new Set(list("like_seq"));
  const views = new Set([...list("long_watch_seq"), ...watched]);
  return [...likes.union(views)]
    .sort((a, b) => (place.get(a) ?? -1) - (place.get(b) ?? -1))
    .flatMap((post, n) => {
      const it = { user: textIn(person, "user_id"), post, at: logBeginsMs - DAY_MS + n };
      return [...(views.has(post) ? [viewed(it)] : []), ...(likes.has(post) ? [liked(it)] : [])];
    });
}

/** A person, a post and a time. */
type Moment = { readonly user: string; readonly post: string; readonly at: number };

/** A view, with the time watched and the length of the video where they are known. */
function viewed(it: Moment, watchedMs = 0, lengthMs = 0) {
  return {
    ...it,
    kind: "view" as const,
    ...(watchedMs > 0 && { watched_ms: watchedMs }),
    ...(watchedMs > 0 && lengthMs > 0 && { duration_ms: lengthMs }),
  };
}

function liked(it: Moment) {
  return { ...it, kind: "like" as const };
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
