import { describe, expect, test } from "bun:test";
import { COMMANDS } from "../../src/cli/program.ts";
import { SETTINGS } from "../../src/config/settings.ts";
import { vidrec } from "../support/cli.ts";
import { temporaryFolder } from "../support/folder.ts";
import { run } from "../support/run.ts";

describe("help", () => {
  test("lists every command and every setting with its default", async () => {
    const { code, printed } = await run(["--help"]);
    expect(code).toBe(0);
    for (const { name } of COMMANDS) expect(printed).toMatch(new RegExp(`^  ${name}\\b`, "m"));
    for (const [name, { fallback }] of Object.entries(SETTINGS)) {
      const line = printed.split("\n").find((it) => it.startsWith(`  ${name} `));
      expect(line, name).toContain(fallback === "" ? name : `(${fallback})`);
    }
  });

  test.each(COMMANDS.map(({ name }) => name))("of %s says what it takes", async (name) => {
    const { summary, args = [], options = [] } = COMMANDS.find((it) => it.name === name)!;
    const { code, printed } = await run([name, "--help"]);
    expect(code).toBe(0);
    expect(printed).toStartWith(`Usage: vidrec ${name}`);
    expect(printed.replaceAll(/\s+/g, " ")).toContain(summary);
    for (const { syntax } of args) expect(printed).toContain(syntax);
    for (const { syntax, help, fallback } of options) {
      expect(printed).toContain(`  ${syntax}`);
      expect(printed.replaceAll(/\s+/g, " ")).toContain(help);
      if (fallback !== undefined)
        expect(printed.replaceAll(/\s+/g, " ")).toContain(`default: ${JSON.stringify(fallback)})`);
    }
    expect((await run(["help", name])).printed).toBe(printed);
  });

  test("names the commands as the design does", () => {
    expect(COMMANDS.map(({ name }) => name)).toEqual([
      ...["serve", "import", "export", "sync", "learn", "feed", "why", "stats"],
      ...[
        "evaluate",
        "simulate",
        "tune",
        "store",
        "keys",
        "doctor",
        "openapi",
        "licenses",
        "version",
      ],
    ]);
  });
});

describe("the version", () => {
  test("is printed on its own, and with what the program runs on", async () => {
    expect(await run(["--version"])).toMatchObject({ code: 0, printed: "1.2.3" });
    const { code, printed } = await run(["version"]);
    expect(code).toBe(0);
    expect(printed).toContain(`vidrec 1.2.3`);
    expect(printed).toContain(Bun.version);
  });
});

test("the OpenAPI document is printed as JSON", async () => {
  const { code, printed } = await run(["openapi"]);
  expect(code).toBe(0);
  expect(JSON.parse(printed)).toMatchObject({ info: { version: "1.2.3" } });
  expect(JSON.parse(printed).paths["/feed"]).toBeDefined();
});

describe("wrong usage ends with 2, says what was wrong and where to look", () => {
  const feedHelp = "vidrec feed --help";
  test.each([
    [["fead"], "unknown command 'fead'", "vidrec --help"],
    [["feed"], "missing required argument 'user'", feedHelp],
    [["feed", "ada", "bob"], "too many arguments", feedHelp],
    [["feed", "ada", "--sise", "3"], "unknown option '--sise'\n(Did you mean --size?)", feedHelp],
    [["feed", "ada", "--size", "0"], "Expected an integer from 1 to 1000", feedHelp],
    [["feed", "ada", "--size", "2.5"], "Expected an integer from 1 to 1000", feedHelp],
    [["feed", "ada", "--size", "many"], "Expected an integer from 1 to 1000", feedHelp],
    [["feed", "ada", "--size", ""], "Expected an integer from 1 to 1000", feedHelp],
    [["evaluate", "--share", "1"], "Expected a number from 0.01 to 0.5", "vidrec evaluate --help"],
    [["evaluate", "--seed", "-1"], "Expected an integer from 0", "vidrec evaluate --help"],
    [["sync", "--forse"], "unknown option '--forse'", "vidrec sync --help"],
  ])("%p", async (args, wrong, where) => {
    const { code, printed, logged } = await run(args);
    expect(code).toBe(2);
    expect(logged).toContain(wrong);
    expect(logged).toContain(where);
    expect(printed).toBe("");
  });

  test("without a command, by showing the commands", async () => {
    using folder = temporaryFolder();
    const { code, err } = await vidrec([], folder.path);
    expect(code).toBe(2);
    expect(err).toContain("Usage: vidrec");
  });
});

describe("bad settings end with 2", () => {
  test("naming all of them at once, with what they should be", async () => {
    const env = { PORT: "http", API_BASE_URL: "nowhere", SYNC_AT: "25:00", SEED: "-1" };
    const { code, logged } = await run(["doctor"], env);
    expect(code).toBe(2);
    for (const name of Object.keys(env)) expect(logged).toContain(`${name}=`);
    expect(logged).toContain("an integer from 0 to 65535");
    expect(logged).toContain("an http or https URL");
    expect(logged).toContain("a time of day as HH:MM");
  });

  test("when there is a token but no RESONANCE_ALGORITHM, without showing the token", async () => {
    const { code, logged } = await run(["sync"], { FLIC_TOKEN: "secret-token" });
    expect(code).toBe(2);
    expect(logged).toContain("RESONANCE_ALGORITHM is not set");
    expect(logged).not.toContain("secret-token");
  });
});
