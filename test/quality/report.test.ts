/** The report of `bun run quality --report`: its marks, tables, pictures. */
import { expect, test } from "bun:test";
import { readFigures } from "./figures.ts";
import { FLOORS } from "./floors.ts";
import { LINES } from "./lines.ts";
import { PAGES, pageAt, PICTURES, sectionOf, withSection } from "./pages.ts";

const figures = await readFigures();
const unpadded = (text: string) => text.replace(/ *\| */g, "|").replace(/-{3,}/g, "---");
const sections = Object.entries(PAGES).flatMap(([path, tables]) =>
  Object.entries(tables).map(([name, table]) => [path, name, table] as const),
);

test.each(sections)("%s has the table of %s as the figures say", async (path, name, table) => {
  const text = await Bun.file(pageAt(path)).text();
  expect(unpadded(sectionOf(text, name))).toBe(unpadded(table(figures)));
});

test("the tables name every benchmark that quality measures, but home, which tells only of selectors, and the simulator", () => {
  const measured = Object.keys(FLOORS).filter((it) => it !== "home" && it !== "simulator");
  expect([...new Set(LINES.map((it) => it.benchmark))].sort()).toEqual(measured.sort());
  expect(Object.keys(figures.benchmarks).sort()).toEqual(measured);
});

test("the README has the published models of sequences beside the feed", async () => {
  const readme = await Bun.file(pageAt("README.md")).text();
  for (const name of ["SASRec", "gSASRec", "FuXi-α", "HSTU-large"])
    expect(sectionOf(readme, "quality")).toContain(name);
});

const shown = (path: string) =>
  path.endsWith("variety.svg")
    ? Object.keys(figures.variety)
    : LINES.map(({ words }) => words.split(":")[0]!);

test.each(Object.keys(PICTURES))(
  "%s shows every line of its table, and a page shows it",
  async (path) => {
    const svg = await Bun.file(pageAt(path)).text();
    expect(shown(path).length).toBeGreaterThan(0);
    for (const name of shown(path)) expect(svg).toContain(name);
    const pages = await Promise.all(Object.keys(PAGES).map((it) => Bun.file(pageAt(it)).text()));
    expect(pages.filter((it) => it.includes(`figures/${path.split("/").at(-1)})`))).toHaveLength(1);
  },
);

test("a section goes between its marks, and a missing mark is an error", () => {
  const text = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n";
  const changed = withSection(text, "x", "new");
  expect(sectionOf(changed, "x")).toBe("new");
  expect([changed.startsWith("a\n"), changed.endsWith("b\n")]).toEqual([true, true]);
  expect(() => withSection(text, "y", "new")).toThrow("<!-- y: begin -->");
});
