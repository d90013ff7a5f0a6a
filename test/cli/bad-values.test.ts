/** Every setting and every option, given what it does not take. A new one needs a line here. */
import { afterAll, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS } from "../../src/cli/program.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { SETTINGS } from "../../src/config/settings.ts";
import { vidrec } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { run } from "../support/run.ts";

const ANY_TEXT = "any text will do";

const here = temporaryFolder();
const file = join(here.path, "file");
writeFileSync(file, "");
afterAll(() => here[Symbol.dispose]());

const NO_ADDRESSES = ["nonsense", "999.1.1.1", "http://localhost", "127.0.0.1:80", "::1::", "a b"];
const NO_INTEGERS = ["x", "-1", "1.5", "0x10", "1e2", "Infinity", "NaN", "9 9", "99999999999"];
const NO_COUNTS = ["0", "65", ...NO_INTEGERS];
const NO_ORIGINS = ["foo", "*", "https://a.example/app", "https://a.example,foo", ",", "a.example"];

const NO_URLS = [
  "nowhere",
  "ftp://a.example",
  "api.example.com",
  "http://",
  "http://a?b",
  "http://a#b",
];

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

const BLANKS = ["", "  "];
const NO_NAMES = ["", " ", "a b", "a/b", "ñ", "x".repeat(65)];
const NO_FOLDERS = ["/nope", file, ""];

/** By command and option; `undefined`: an option without a value. */
const BAD_OPTIONS: Record<string, readonly string[] | undefined> = {
  "serve --beside <port>": ["0", "65536", "99999", ...NO_INTEGERS],
  "import <kind>": ["", "post", "videos", "posts,users"],
  "import <file...>": [""],
  "import --map <fields>": ["", "id", "=a", "id=a,user", "id=a=b", "a b=c"],
  "import --kinds <words>": ["", "a", "=view", "a=", "a=view,", "a=b=view"],
  "import --preset <name>": ["", "netflix", "movielens,kuairand"],
  "import --dry-run": undefined,
  "import --max-refused <percent>": ["", "101", "-1", "x", "1%"],
  "export <kind>": ["", "post", "videos"],
  "export [file]": ["", "/nope/a.ndjson", here.path],
  "sync --force": undefined,
  "sync --accept-removals": undefined,
  "feed <user>": BLANKS,
  "feed --project-code <code>": BLANKS,
  "feed --mood <mood>": BLANKS,
  "feed --size <n>": ["0", "1001", ...NO_INTEGERS, ""],
  "why <user>": BLANKS,
  "why <post>": BLANKS,
  "why --project-code <code>": BLANKS,
  "why --mood <mood>": BLANKS,
  "why --json": undefined,
  "stats --days <n>": ["0", "367", ...NO_INTEGERS],
  "stats --json": undefined,
  "evaluate [benchmark]": ["P9", "", "P1,P2"],
  "evaluate --data <folder>": NO_FOLDERS,
  "evaluate --split <how>": ["x", "", "TIME"],
  "evaluate --share <share>": ["2", "0", ".6", "-1", "x", "", "10%"],
  "evaluate --models <names>": ["nonsense", "", "feed,", "feed,nonsense"],
  "evaluate --without <terms>": ["nonsense", "", "fresh,nonsense", "feed"],
  "evaluate --seed <n>": ["", "4294967296", ...NO_INTEGERS],
  "evaluate --curve": undefined,
  "evaluate --diversity-curve": undefined,
  "evaluate --svg <file>": ["/nope/a.svg", "", here.path, join(file, "a.svg")],
  "evaluate --on <sets>": ["nonsense", "", "sparse,", "P1"],
  "evaluate --weeks <n>": ["0", "1001", ...NO_INTEGERS],
  "evaluate --seeds <list>": ["", "1,", "x", "-1", "4294967296", "1.5"],
  "evaluate --json": undefined,
  "simulate --viewers <n>": ["1", "100001", ...NO_INTEGERS],
  "simulate --days <n>": ["1", "121", ...NO_INTEGERS],
  "simulate --seed <n>": ["", "4294967296", ...NO_INTEGERS],
  "simulate --json": undefined,
  "simulate --svg <file>": ["/nope/a.svg", "", here.path, join(file, "a.svg")],
  "tune --minutes <n>": ["0", "-1", "x", "", "1441", "1e1"],
  "store --move-to <url>": ["", ...NO_URLS],
  "keys <what>": ["", "delete", "addd", "add,list"],
  "keys [name]": NO_NAMES,
  "keys --scope <scope>": ["", "all", "Read", "read,write"],
  "keys --name <name>": NO_NAMES,
};

/** Arguments that take none but certain words. */
const GOOD: Record<string, string> = { "<kind>": "posts" };

describe("a bad value of an option ends with 2, in words that say what is allowed:", () => {
  const all = Object.entries(BAD_OPTIONS).flatMap(([name, values = []]) =>
    values.map((value) => [name, value] as const),
  );
  test.each(all)("%s: %p", async (name, value) => {
    const [command, option] = name.split(" ") as [string, string];
    const { args = [] } = COMMANDS.find((it) => it.name === command)!;
    const syntax = name.slice(command.length + 1);
    const needed = args.filter((it) => it.syntax.startsWith("<") || it.syntax === syntax);
    const given = needed.map((it) => (it.syntax === syntax ? value : (GOOD[it.syntax] ?? "ada")));
    const words = option.startsWith("--") ? [...given, `${option}=${value}`] : given;
    const { code, logged, printed } = await run([command, ...words]);
    expect([code, printed]).toEqual([2, ""]);
    expect(logged).toMatch(
      / (?:is invalid|for argument '.*')\. (?:Expected \w.{9,}|Allowed choices are )/,
    );
    expect(logged).toContain(`vidrec ${command} --help`);
  });

  test("there is a line for each option and argument", () => {
    const all = COMMANDS.flatMap(({ name, args = [], options = [] }) =>
      [...args, ...options].map(({ syntax }) => `${name} ${syntax}`),
    );
    expect(Object.keys(BAD_OPTIONS)).toEqual(all);
  });

  const anyNumber = (name: string) => name === "import";
  test.each(COMMANDS.map(({ name, args = [] }) => [name, args.length]))(
    "%s: an option and a word that it does not know",
    async (name, count) => {
      const extra = Array.from({ length: count + 1 }, () => "P1");
      const unknown = [["--limit", "-1"], ["--nonsense"], ["-x"]];
      for (const words of anyNumber(name) ? unknown : [...unknown, extra]) {
        const { code, logged } = await run([name, ...words]);
        expect([words, code]).toEqual([words, 2]);
        expect(logged).toMatch(/unknown option|too many arguments/);
      }
    },
  );
});

test.each([["--target X"], ["--nonsense"], ["word"], ["--outfile /nope/vidrec"]])(
  "the build refuses %p the same way",
  async (line) => {
    const words = line.split(" ");
    const script = join(import.meta.dir, "../../src/build/build.ts");
    const { code, err, out } = await vidrec(words, here.path, {}, script);
    expect([code, out]).toEqual([2, ""]);
    expect(err).not.toContain("    at ");
    expect(err).toContain(words[1] ?? words[0]!);
  },
);
