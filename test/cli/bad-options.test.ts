/** Every option and argument, given what it does not take. A new one needs a line here. */
import { afterAll, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS } from "../../src/cli/program.ts";
import { vidrec } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { run } from "../support/run.ts";
import { NO_INTEGERS, NO_URLS } from "./wrong.ts";

const here = temporaryFolder();
const file = join(here.path, "file");
writeFileSync(file, "");
afterAll(() => here[Symbol.dispose]());

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
