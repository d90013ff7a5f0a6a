/** The README's statements beside what the program does. */
import { expect, test } from "bun:test";
import { scripts } from "../package.json";
import { COMMANDS } from "../src/cli/program.ts";
import { SETTINGS } from "../src/config/settings.ts";
import type { Signal } from "../src/domain/signal.ts";
import { signalNames, signalOf } from "../src/domain/known-signals.ts";
import { REASONS } from "../src/ranking/eligibility.ts";
import { ROWS } from "../src/ingest/rows/fields.ts";
import { demoPosts } from "../src/ingest/demo/catalogue.ts";
import { apiDocument } from "../src/http/server.ts";
import { modelOf, rankingWith } from "./support/model.ts";

const readme = await Bun.file(new URL("../README.md", import.meta.url)).text();
const dotenv = await Bun.file(new URL("../.env.example", import.meta.url)).text();

/** The table in the README between two marks, without the formatter's padding. */
const section = (name: string) =>
  readme
    .split(`<!-- ${name}: begin -->`)[1]
    ?.split(`<!-- ${name}: end -->`)[0]
    ?.trim()
    .replace(/ *\| */g, "|")
    .replace(/-{3,}/g, "---");

const unpadded = (table: string) => table.replace(/ *\| */g, "|");

const settingsTable = [
  "| setting | default | meaning |",
  "|---|---|---|",
  ...Object.entries(SETTINGS).map(
    ([name, { fallback, help }]) =>
      `| \`${name}\` | ${fallback === "" ? "" : `\`${fallback}\``} | ${help} |`,
  ),
].join("\n");

const commandsTable = [
  "| command | what it does |",
  "|---|---|",
  ...COMMANDS.map(({ name, args = [], summary }) => {
    const syntax = [name, ...args.map(({ syntax }) => syntax)].join(" ");
    return `| \`vidrec ${syntax}\` | ${summary} |`;
  }),
].join("\n");

const BY = { presence: "", quantile: " × its quantile", watching: ", by its watch time" };

const signalsTable = [
  "| signal | you … the post | a second one | weight | counts as | Socialverse |",
  "|---|---|---|---|---|---|",
  ...signalNames().map((name) => {
    const signal: Signal = signalOf(name);
    const { words, repeats, strength, socialverse } = signal;
    const again = { adds: "counts too", replaces: "replaces it", lasts: "changes nothing" }[
      repeats
    ];
    const weight = strength.isAbsolute ? "never again" : `${strength.weight}${BY[strength.by]}`;
    const counts = [
      signal.isSeen && "seen",
      signal.isPopular && "popular",
      signal.isStep && "step",
    ];
    const path = socialverse === undefined ? "" : `\`/${socialverse.path}\``;
    return `| ${name} | ${words} | ${again} | ${weight} | ${counts.filter(Boolean).join(", ")} | ${path} |`;
  }),
].join("\n");

test("the README lists the signals and their weights", () => {
  expect(section("signals")).toBe(unpadded(signalsTable));
});

test("the README lists every setting with its default", () => {
  expect(section("settings")).toBe(unpadded(settingsTable));
});

test("the README lists the fields of a post, those that are needed first", () => {
  const [, needed, further] = /A post has ([^,]+), which are needed[^\n]*\nand may have ([^:]+):/.exec(readme)!; // prettier-ignore
  const names = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name]) => name!);
  expect(names(needed!)).toEqual([...ROWS.posts.required]);
  expect([...names(needed!), ...names(further!)]).toEqual([...ROWS.posts.names]);
});

test("the README lists every command", () => {
  expect(section("commands")).toBe(unpadded(commandsTable));
});

test("the README mentions every route of the API", async () => {
  const { paths } = (await apiDocument("test")) as { paths: Record<string, unknown> };
  const missing = Object.keys(paths).filter((path) => !readme.includes(path.split("/{")[0]!));
  expect(missing).toEqual([]);
});

/** The post of the README's first feed. */
const [, id, name, title] =
  /"id": (\d+),\n +"owner"[^\n]*\n +"category": \{ "id": \d+, "name": "([^"]+)"[^\n]*\n +"title": "([^"]+)"/.exec(
    readme,
  )!;
const example = { id: Number(id), category: name!, title: title! };

test("the README's first feed shows a post that the demo has", () => {
  const posts = demoPosts().map((it) => ({
    id: it.id,
    category: it.category.name.trim(),
    title: it.name,
  }));
  expect(posts).toContainEqual(example);
});

test("the README's first feed explains itself by the names that ranking has", () => {
  const { ranker } = rankingWith(modelOf([{}, {}]));
  const { sources, scorers, boosters, selectors } = ranker.pipeline;
  const keys = (part: string) => {
    const [, inner] = RegExp(`"${part}": \\{ ([^}]*) \\}`).exec(readme)!;
    return [...inner!.matchAll(/"([^"]+)": -?[\d.]+/g)].map(([, key]) => key!);
  };
  const names = (stages: readonly { readonly name: string }[]) => stages.map(({ name }) => name);
  expect(keys("terms")).toEqual([...names(scorers), ...names(boosters)]);
  expect(keys("found")).toEqual(names(sources));
  expect(keys("moved")).toEqual(names(selectors));
  expect(keys("kept_out")).toEqual(Object.keys(REASONS));
});

test("every line of bun in the README works from a clone: its script, its file, its version", () => {
  const lines = [
    ...readme.matchAll(/(?<![\w/])(?:npx --yes bun@([\d.]+)|bun) ([\w/.-]+)(?: ([\w-]+))?/g),
  ];
  const commands = lines.filter(([, , verb]) => ["run", "src/main.ts"].includes(verb!));
  expect(commands.length).toBeGreaterThan(9);
  for (const [line, version, verb, word = ""] of commands) {
    expect([line, version ?? Bun.version]).toEqual([line, Bun.version]);
    const known = verb === "run" ? Object.keys(scripts) : COMMANDS.map((it) => it.name);
    expect([line, known.includes(word) || word === ""]).toEqual([line, true]);
  }
});

test("serving and building install no package of the tests", () => {
  for (const script of [scripts.start, scripts.build])
    expect(script).toStartWith("bun install --production --frozen-lockfile --silent && ");
});

test("the README names no route that does not exist", async () => {
  const { paths } = (await apiDocument("test")) as { paths: Record<string, unknown> };
  const known = [...Object.keys(paths), "/docs", "/openapi.json", "/llms.txt"].map((it) =>
    it.replace(/\{\w+\}/, String(example.id)),
  );
  const named = [...readme.matchAll(/localhost:8000(\/[\w/.-]+)/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !known.includes(path))).toEqual([]);
});

test(".env.example speaks of every setting, with its default", () => {
  const given = Object.fromEntries(
    [...dotenv.matchAll(/^(?:# )?([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  const expected = Object.entries(SETTINGS).map(([name, it]) => [name, String(it.fallback)]);
  expect(given).toEqual(Object.fromEntries(expected));
});
