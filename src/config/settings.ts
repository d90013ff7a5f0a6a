/** The table of settings: name, default, parser, help. */
import { withoutCredentials } from "./url.ts";
import {
  anyText,
  clockTime,
  encoderModel,
  headerText,
  hostNames,
  httpUrl,
  integer,
  listenAddress,
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
    help: "shortest time between two such runs; for new posts, 20 times what the last one took, if that is less",
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

/** Environment variables by name. */
export type Environment = Record<string, string | undefined>;

/** An invalid configuration; the message has a line per bad setting. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads the configuration from environment variables; unset and empty ones have their default.
 *
 * @throws ConfigError that names every bad setting, so that one restart fixes them all.
 */
export function parseConfig(env: Readonly<Environment>): Config {
  const problems: string[] = [];
  const entries = Object.entries(SETTINGS).map(([name, setting]) => {
    const raw = env[name];
    if (raw === undefined || raw.trim() === "") return [name, setting.fallback];
    const parsed = setting.parse(raw);
    if (parsed.ok) return [name, parsed.value];
    problems.push(`  ${name}=${shown(name, raw)}: expected ${parsed.expected} (${setting.help})`);
    return [name, setting.fallback];
  });
  const config = Object.fromEntries(entries) as Config;
  const { CATALOGUE, FLIC_TOKEN, RESONANCE_ALGORITHM } = config;
  const isSocialverse = CATALOGUE === "socialverse" || (CATALOGUE === "" && FLIC_TOKEN !== "");
  if (isSocialverse && FLIC_TOKEN === "")
    problems.push("  CATALOGUE=socialverse needs FLIC_TOKEN and RESONANCE_ALGORITHM: set both");
  else if (isSocialverse && RESONANCE_ALGORITHM === "")
    problems.push(
      "  RESONANCE_ALGORITHM is not set: with a token alone, upstream returns only the token owner's own history",
    );
  if (problems.length > 0)
    throw new ConfigError(["invalid configuration:", ...problems].join("\n"));
  return config;
}

const SECRETS = ["FLIC_TOKEN", "RESONANCE_ALGORITHM"];

/** A bad value for an error message: without secrets, also inside URLs. */
function shown(name: string, raw: string): string {
  return SECRETS.includes(name) ? "…" : JSON.stringify(withoutCredentials(raw));
}
