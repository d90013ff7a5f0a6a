/** The table of settings: name, default, parser, help. */
import {
  anyText,
  clockTime,
  encoderModel,
  headerText,
  hostNames,
  httpUrl,
  integer,
  listenAddress,
  number,
  oneOf,
  origins,
  type Parse,
  placeForFolder,
  weights,
} from "./values.ts";

type Setting<T> = {
  readonly fallback: T;
  readonly parse: Parse<T>;
  readonly help: string;
};

/** Whose posts are served: the embedded demo's, those of the Socialverse API, or those an app sends itself. */
export type CatalogueName = (typeof CATALOGUES)[number];
const CATALOGUES = ["demo", "socialverse", "own"] as const;

/** All settings. The README's table and `--help` are made from this object. */
export const SETTINGS = {
  CATALOGUE: {
    fallback: "",
    parse: oneOf(CATALOGUES),
    help: "demo, socialverse or own; by default socialverse with a FLIC_TOKEN, own where DATA_DIR holds one, else the demo",
  },
  FLIC_TOKEN: {
    fallback: "",
    parse: headerText,
    help: "token of the Socialverse API",
  },
  API_BASE_URL: {
    fallback: "https://api.socialverseapp.com",
    parse: httpUrl,
    help: "upstream API",
  },
  RESONANCE_ALGORITHM: {
    fallback: "",
    parse: anyText,
    help: "opaque string that makes upstream return everybody's events; needed with FLIC_TOKEN",
  },
  HOST: { fallback: "127.0.0.1", parse: listenAddress, help: "address to listen on" },
  PORT: { fallback: 8000, parse: integer(0, 65_535), help: "TCP port; 0 picks a free one" },
  DATA_DIR: {
    fallback: "cache",
    parse: placeForFolder,
    help: "folder for the store and the snapshots",
  },
  SYNC_AT: { fallback: "00:10", parse: clockTime, help: "UTC time of the daily sync, HH:MM" },
  LEARN_AT: {
    fallback: "00:10",
    parse: clockTime,
    help: "UTC time of the daily learning of an own catalogue, HH:MM",
  },
  LEARN_GROWTH_PERCENT: {
    fallback: 10,
    parse: integer(0, 1_000_000),
    help: "new events or changed posts that start learning in between, in percent of those learnt from",
  },
  LEARN_PAUSE_MINUTES: {
    fallback: 10,
    parse: integer(0, 10_080),
    help: "shortest time between two such runs",
  },
  SYNC_MAX_PAGES: {
    fallback: 10_000,
    parse: integer(1, 1_000_000),
    help: "most pages of one upstream endpoint: a longer list is taken for endless",
  },
  SYNC_MAX_ROWS: {
    fallback: 2_000_000,
    parse: integer(1, 100_000_000),
    help: "most rows of one upstream endpoint",
  },
  SYNC_MAX_MINUTES: {
    fallback: 60,
    parse: integer(1, 1_440),
    help: "longest that one upstream endpoint may take",
  },
  MAX_REPLY_MB: {
    fallback: 64,
    parse: integer(1, 1_000),
    help: "largest upstream reply, inflated; a page of 1,000 posts takes about 10 MB",
  },
  ENCODER_MODEL: {
    fallback: "all-MiniLM-L6-v2",
    parse: encoderModel("all-MiniLM-L6-v2"),
    help: "sentence encoder: the embedded one, a folder, or the name of a model on the hub",
  },
  ENCODER_THREADS: { fallback: 2, parse: integer(1, 64), help: "threads of the sentence encoder" },
  LEARN_THREADS: {
    fallback: 0,
    parse: integer(0, 64),
    help: "threads that learn; 0: one a core, of which `serve` keeps one for those who ask",
  },
  SERVED_DAYS: {
    fallback: 30,
    parse: integer(1, 3_650),
    help: "days for which the log of what was shown is kept",
  },
  SERVED_MAX_MB: {
    fallback: 1_000,
    parse: integer(1, 1_000_000),
    help: "largest size of that log; about 400 bytes a page",
  },
  WORKERS: {
    fallback: 1,
    parse: integer(1, 64),
    help: "processes that answer on the port together (Linux)",
  },
  CORS_ORIGINS: {
    fallback: "",
    parse: origins,
    help: "origins that browsers may call from, separated by commas; none by default",
  },
  RATE_LIMIT: {
    fallback: 600_000,
    parse: integer(1, 1_000_000_000),
    help: "requests a minute that each key may make; WORKERS share it out evenly",
  },
  ALLOWED_HOSTS: {
    fallback: "",
    parse: hostNames,
    help: "further names that requests may be for, separated by commas: a proxy's public name",
  },
  SIGNALS: {
    fallback: "",
    parse: weights,
    help: "further kinds of events with their weights, such as purchase:1.5,boring:-1; a built-in kind gets another weight",
  },
  EXPLORE_SHARE: {
    fallback: 0.05,
    parse: number({ min: 0, max: 0.5 }),
    help: "share of places that are reserved for new posts, 0 to 0.5; 0: none",
  },
  EXPLORE_IMPRESSIONS: {
    fallback: 20,
    parse: integer(1, 10_000),
    help: "first impressions that every new post is to have, in reserved places where ranking gives it none",
  },
  EXPLORE_DAYS: {
    fallback: 7,
    parse: integer(1, 365),
    help: "age up to which a post or a creator is new",
  },
  STEER_HALF_LIFE_DAYS: {
    fallback: 14,
    parse: integer(1, 3_650),
    help: "days in which what a person asked for more or less of loses half of its strength",
  },
  SEED: {
    fallback: 1,
    parse: integer(0, 4_294_967_295),
    help: "seed of everything random in learning",
  },
} as const satisfies Record<string, Setting<number> | Setting<string>>;

/** The value of every setting. */
export type Config = {
  readonly [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K]["fallback"] extends number
    ? number
    : string;
};
