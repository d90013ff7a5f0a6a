/** THE table of what posts, users and events have, for pushed rows, files, the API's schema and its documentation. */
import { isSignal, signalNames } from "../../domain/known-signals.ts";
import { signalMeant } from "../../domain/signal-words.ts";
import { SIZE, fitsKind } from "./event-value.ts";
import type { Fields, RowKind } from "./field.ts";
import { time } from "./time.ts";
import { FLAG, ID, LANGUAGE, duration, json, names, number, oneOf, text } from "./value.ts";

/** Longest length of a video, and of one watching, in milliseconds: a week. */
const DURATION_MAX_MS = 604_800_000;
/** The most that a row holds: characters of texts, names in lists, bytes of a card's JSON. */
export const LIMITS = {
  title: 1_000,
  text: 20_000,
  /** Of a user. */
  name: 200,
  /** Of a name in a list. */
  listedName: 128,
  categories: 10,
  tags: 50,
  cardBytes: 16_384,
} as const;
const LISTED = /(?:^|\s+|[|;,]\s*)#|[|;,]/;

const CARD = {
  value: json(LIMITS.cardBytes),
  about: "Any JSON of at most 16 kB, given back as sent.",
  columns: ["payload", "metadata", "json"],
} as const;

const POST = {
  id: {
    value: ID,
    isRequired: true,
    about: "The post's id in your app.",
    columns: ["post_id", "video_id", "item_id", "movie_id", "content_id", "product_id", "uuid"],
  },
  title: {
    value: text(LIMITS.title),
    isRequired: true,
    about: 'Title or caption; "" if there is none.',
    columns: ["caption", "name", "headline", "subject", "video_title", "movie_title"],
  },
  text: {
    value: text(LIMITS.text),
    about: "Anything else in words: description, transcript, hashtags.",
    columns: ["description", "body", "summary", "transcript", "content", "overview", "comment"],
  },
  category: {
    value: names(LIMITS.categories, LIMITS.listedName, /[|;]/),
    about: "Name of its category, or a list of names.",
    columns: ["categories", "genre", "genres", "topic", "topics", "channel"],
  },
  tags: {
    value: names(LIMITS.tags, LIMITS.listedName, LISTED),
    about: "Its tags.",
    columns: ["tag", "hashtags", "keywords", "labels"],
  },
  creator: {
    value: ID,
    about: "Id of who made it.",
    columns: ["creator_id", "author", "author_id", "owner_id", "uploader", "artist", "pubkey"],
  },
  created_at: {
    value: time("past"),
    about: "When it was published.",
    columns: [
      "created",
      "published",
      "published_at",
      "posted_at",
      "publish_time",
      "upload_date",
      "upload_dt",
      "timestamp",
    ],
  },
  expires_at: {
    value: time("any"),
    about: "From when on it is recommended no more.",
    columns: ["expires", "expiry", "valid_until", "end_time"],
  },
  duration_ms: {
    value: duration(DURATION_MAX_MS),
    about: "Length of the video in milliseconds.",
    columns: ["video_duration_ms", "length_ms"],
  },
  language: {
    value: LANGUAGE,
    about: 'Its language, such as "en" or "pt-BR".',
    columns: ["lang", "locale"],
  },
  hidden: {
    value: FLAG,
    about: "Whether it is kept out of every feed.",
    columns: ["is_hidden", "deleted", "is_deleted", "unlisted"],
  },
  card: CARD,
} as const satisfies Fields;

const USER = {
  id: {
    value: ID,
    isRequired: true,
    about: "The user's id in your app.",
    columns: ["user_id", "uid", "member_id", "profile_id", "account_id", "viewer_id", "uuid"],
  },
  name: {
    value: text(LIMITS.name),
    about: "Name by which a feed can be asked for.",
    columns: ["username", "user_name", "handle", "nickname", "login", "screen_name"],
  },
  text: {
    value: text(LIMITS.text),
    about: "What they say about themselves: their first feeds follow it.",
    columns: ["bio", "about", "description", "interests", "comment"],
  },
  card: CARD,
} as const satisfies Fields;

const EVENT = {
  id: {
    value: ID,
    about: "The event's id: one that comes twice counts once.",
    columns: ["event_id"],
  },
  user: {
    value: ID,
    isRequired: true,
    about: "Id of who did it, not a username; one that is not known yet is created.",
    columns: ["user_id", "uid", "member_id", "profile_id", "account_id", "viewer_id", "visitor_id"],
  },
  post: {
    value: ID,
    isRequired: true,
    about: "Id of the post; one that is not known yet is created.",
    columns: ["post_id", "video_id", "item_id", "movie_id", "content_id", "product_id", "item"],
  },
  kind: {
    value: oneOf(signalNames, isSignal, signalMeant),
    isRequired: true,
    about: "What they did.",
    columns: ["event", "event_type", "type", "action", "feedback_type", "behavior", "interaction"],
  },
  value: {
    value: SIZE,
    about:
      "How much, for kinds that have a value: a rating is a percentage. 0 takes back what lasts: a like, " +
      "inspire, bookmark, hide, more, less, or a kind of the setting SIGNALS.",
    columns: ["rating_percent", "rating", "stars", "score"],
  },
  watched_ms: {
    value: number(0, DURATION_MAX_MS),
    about: "How long it was watched, in milliseconds.",
    columns: ["play_time_ms", "watch_time_ms", "played_ms", "watch_ms", "dwell_time_ms"],
  },
  duration_ms: {
    value: duration(DURATION_MAX_MS),
    about: "Length of the video in milliseconds, if the post does not say it.",
    columns: ["video_duration_ms", "length_ms"],
  },
  at: {
    value: time("past"),
    about: "When it happened; without it, when it arrived.",
    columns: ["timestamp", "time", "ts", "time_ms", "event_time", "created_at", "datetime", "date"],
  },
  recommendation_id: {
    value: ID,
    about: "Of the reply that showed the post.",
    columns: ["rec_id"],
  },
  session: { value: ID, about: "Id of the session in your app.", columns: ["session_id"] },
} as const satisfies Fields;

/** The kinds of row, by the names of routes and commands. */
export const ROWS = {
  posts: rowKind(POST),
  users: rowKind(USER),
  events: rowKind(EVENT, fitsKind),
};

function rowKind<F extends Fields>(fields: F, check?: RowKind<F>["check"]): RowKind<F> {
  const names = Object.keys(fields);
  const required = names.filter((name) => fields[name]!.isRequired);
  return { fields, names, required, ...(check && { check }) };
}
