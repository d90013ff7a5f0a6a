/** Every setting, given what it does not take. A new one needs a line here. */
import { afterAll, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseConfig } from "../../src/config/parse.ts";
import { SETTINGS } from "../../src/config/settings.ts";
import { temporaryFolder } from "../support/folder.ts";
import { run } from "../support/run.ts";
import { NO_INTEGERS, NO_URLS } from "./wrong.ts";

const ANY_TEXT = "any text will do";

const here = temporaryFolder();
const file = join(here.path, "file");
writeFileSync(file, "");
afterAll(() => here[Symbol.dispose]());

const NO_ADDRESSES = ["nonsense", "999.1.1.1", "http://localhost", "127.0.0.1:80", "::1::", "a b"];
const NO_COUNTS = ["0", "65", ...NO_INTEGERS];
const NO_ORIGINS = ["foo", "*", "https://a.example/app", "https://a.example,foo", ",", "a.example"];

const BAD_SETTINGS: Record<keyof typeof SETTINGS, readonly string[] | typeof ANY_TEXT> = {
  CATALOGUE: ["mine", "own,demo", "/own"],
  FLIC_TOKEN: ["töken", "a\nb", "a\0b"],
  API_BASE_URL: NO_URLS,
  RESONANCE_ALGORITHM: ANY_TEXT,
  HOST: NO_ADDRESSES,
  PORT: ["99999", "65536", "http", ...NO_INTEGERS],
  DATA_DIR: [file, join(file, "folder")],
  SYNC_AT: ["25:00", "00:60", "1:00", "noon", "00:00:00", "-1:00"],
  LEARN_AT: ["24:00", "7:30", "daily"],
  LEARN_GROWTH_PERCENT: ["1000001", ...NO_INTEGERS],
  LEARN_PAUSE_MINUTES: ["10081", ...NO_INTEGERS],
  SYNC_MAX_PAGES: ["0", "1000001", ...NO_INTEGERS],
  SYNC_MAX_ROWS: ["0", "100000001", ...NO_INTEGERS],
  SYNC_MAX_MINUTES: ["0", "1441", ...NO_INTEGERS],
  MAX_REPLY_MB: ["0", "1001", ...NO_INTEGERS],
  ENCODER_MODEL: ["/nope", "./nope", "~/nope", "nope", "a/b/c", file, "https://hub.example/a/b"],
  ENCODER_THREADS: NO_COUNTS,
  LEARN_THREADS: ["65", ...NO_INTEGERS],
  WORKERS: NO_COUNTS,
  CORS_ORIGINS: NO_ORIGINS,
  ALLOWED_HOSTS: ["https://a.example", "a.example:80", "a b", "*", "a.example,,b", "-a", "a/b"],
  RATE_LIMIT: ["0", "1000000001", ...NO_INTEGERS],
  EXPLORE_SHARE: ["-0.1", "0.51", "5%", "some"],
  EXPLORE_IMPRESSIONS: ["0", "10001", ...NO_INTEGERS],
  EXPLORE_DAYS: ["0", "366", ...NO_INTEGERS],
  SIGNALS: [
    ...[
      "purchase",
      "purchase:",
      ":1",
      "purchase:11",
      "purchase:-10.5",
      "purchase:1e3",
      "buy:1,buy:2",
    ],
    ...["Purchase:1", "1st:1", "_a:1", `${"a".repeat(33)}:1`, "a b:1", "a:1,,b:1", "constructor:1"],
  ],
  STEER_HALF_LIFE_DAYS: ["0", "3651", ...NO_INTEGERS],
  SERVED_DAYS: ["0", "3651", ...NO_INTEGERS],
  SERVED_MAX_MB: ["0", "1000001", ...NO_INTEGERS],
  SEED: ["4294967296", ...NO_INTEGERS],
};

describe("a bad setting ends every command with 2, in words that say what is allowed:", () => {
  const all = Object.entries(BAD_SETTINGS).flatMap(([name, values]) =>
    values === ANY_TEXT ? [] : values.map((value) => [name, value] as const),
  );
  test.each(all)("%s=%p", async (name, value) => {
    const { code, logged, printed } = await run(["doctor"], {
      RESONANCE_ALGORITHM: "x",
      [name]: value,
    });
    expect([code, printed]).toEqual([2, ""]);
    expect(logged).toMatch(RegExp(`^  ${name}=.*: expected (?!undefined)\\w.{9,}`, "m"));
  });

  test("there is a line for each setting", () => {
    expect(Object.keys(BAD_SETTINGS).sort()).toEqual(Object.keys(SETTINGS).sort());
  });
});

test("good settings come out as they are used", () => {
  const read = (env: Record<string, string>) => parseConfig(env);
  for (const HOST of ["::1", "::", "0.0.0.0", "localhost", "192.168.1.5", "fe80::1"])
    expect(read({ HOST }).HOST).toBe(HOST);
  for (const HOST of ["[::1]", "0:0:0:0:0:0:0:1", "[0::0001]"])
    expect(read({ HOST }).HOST).toBe("::1");
  expect(read({ HOST: "::ffff:127.0.0.1" }).HOST).toBe("::ffff:7f00:1");
  const CORS_ORIGINS = "HTTPS://App.Example.com:443/, http://localhost:3000,capacitor://localhost";
  expect(read({ CORS_ORIGINS }).CORS_ORIGINS).toBe(
    "https://app.example.com,http://localhost:3000,capacitor://localhost",
  );
  expect(read({ ALLOWED_HOSTS: "Feed.Example.com., [0:0::2]" }).ALLOWED_HOSTS).toBe(
    "feed.example.com,::2",
  );
  for (const ENCODER_MODEL of [here.path, "Xenova/all-MiniLM-L12-v2", "all-MiniLM-L6-v2"])
    expect(read({ ENCODER_MODEL }).ENCODER_MODEL).toBe(ENCODER_MODEL);
  expect(read({ DATA_DIR: join(here.path, "new/one") }).DATA_DIR).toEndWith("new/one");
});
