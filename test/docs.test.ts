/** What the README says is what the program does. */
import { expect, test } from "bun:test";
import { COMMANDS } from "../src/cli/program.ts";
import { SETTINGS } from "../src/config.ts";
import { apiDocument } from "../src/serve/server.ts";

const readme = await Bun.file(new URL("../README.md", import.meta.url)).text();
const example = await Bun.file(new URL("../.env.example", import.meta.url)).text();

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

test("the README lists every setting with its default", () => {
  expect(section("settings")).toBe(unpadded(settingsTable));
});

test("the README lists every command", () => {
  expect(section("commands")).toBe(unpadded(commandsTable));
});

test("the README mentions every route of the API", async () => {
  const { paths } = (await apiDocument("test")) as { paths: Record<string, unknown> };
  const missing = Object.keys(paths).filter((path) => !readme.includes(path.split("/{")[0]!));
  expect(missing).toEqual([]);
});

test("the README names no route that does not exist", async () => {
  const { paths } = (await apiDocument("test")) as { paths: Record<string, unknown> };
  const known = [...Object.keys(paths), "/docs", "/openapi.json"].map((it) =>
    it.replace(/\{\w+\}/, "2131"),
  );
  const named = [...readme.matchAll(/localhost:8000(\/[\w/.-]+)/g)].map(([, path]) => path!);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !known.includes(path))).toEqual([]);
});

test(".env.example speaks of every setting, with its default", () => {
  const given = Object.fromEntries(
    [...example.matchAll(/^(?:# )?([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  const expected = Object.entries(SETTINGS).map(([name, it]) => [name, String(it.fallback)]);
  expect(given).toEqual(Object.fromEntries(expected));
});
