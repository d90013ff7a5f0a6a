/** A model is a folder and a line: the list is tried in copies of the program with a model less, and one more. */
import { expect, test } from "bun:test";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { MODELS } from "../../src/models/models.ts";
import { temporaryFolder } from "../support/folder.ts";

const ROOT = resolve(import.meta.dir, "../..");
const TIMEOUT_MS = 120_000;

/** A copy of the program and its tests; `edit` changes the list. */
function copied(edit: (list: string) => string) {
  const folder = temporaryFolder();
  for (const it of ["src", "test", "package.json", "tsconfig.json", "bunfig.toml", "README.md"])
    cpSync(join(ROOT, it), join(folder.path, it), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder.path, "node_modules"));
  const list = join(folder.path, "src/models/models.ts");
  writeFileSync(list, edit(readFileSync(list, "utf8")));
  const run = (...args: string[]) => {
    const { exitCode, stdout, stderr } = Bun.spawnSync([process.execPath, ...args], {
      cwd: folder.path,
      env: { ...process.env, NO_COLOR: "1" },
    });
    return { exitCode, output: `${stdout}${stderr}` };
  };
  return { ...folder, run };
}

const passes = { exitCode: 0, output: expect.any(String) };

test(
  "without the folder of a model and its line the program type-checks, ranks and evaluates",
  () => {
    using program = copied((list) => list.replace(/^.*sequenceKnn.*\n/gm, ""));
    rmSync(join(program.path, "src/models/sequence-knn"), { recursive: true });
    rmSync(join(program.path, "test/models/sequence-knn"), { recursive: true });
    expect(program.run("check")).toEqual(passes);
    const suites = ["test/ranking/feed.test.ts", "test/evaluation/systems.test.ts"];
    expect(program.run("test", "--timeout", "60000", ...suites)).toEqual(passes);
  },
  TIMEOUT_MS,
);

/** Likes posts by their row, which no other model does. */
const TOY = `/** Toy: the later a post's row, the better. */
import { column, partSpec } from "../../snapshot/columns.ts";
import type { ModelSpec } from "../contract.ts";
import { byColumn } from "../pick.ts";

const part = partSpec<{ readonly name: string }>()("toy", { rows: column("Float32Array", "posts") });

/** Ranks by row. */
export const toy: ModelSpec = {
  ...part,
  train: ({ rows }) => ({
    info: { name: "bear" },
    columns: { rows: Float32Array.from(rows.keys, (_, row) => row + 1) },
  }),
  *serve({ model }) {
    return byColumn(() => part.of(model).columns.rows);
  },
  weights: [1_000, 1_000, 1_000, 1_000],
  about: "Toys.",
  words: "is a toy",
};
`;

/** Learns, writes, opens, ranks and explains in the copy. */
const TOY_TEST = `import { expect, test } from "bun:test";
import { reasonFor } from "../src/feed/explain.ts";
import { LAYOUT } from "../src/models/models.ts";
import { atOnce } from "../src/runtime/time-slicing.ts";
import { openSnapshot } from "../src/snapshot/open.ts";
import { writeSnapshot } from "../src/snapshot/write.ts";
import { learn } from "../src/training/run.ts";
import { temporaryFolder } from "./support/folder.ts";
import { oneThread } from "./support/kernel.ts";
import { rankingWith } from "./support/model.ts";
import { sparseDataset } from "../src/benchmarks/sparse/dataset.ts";

test("a model that has been added learns, is written, found, scored and explained", async () => {
  const kernel = oneThread;
  const model = await learn(sparseDataset(3), { seed: 1, kernel, isQuick: true, onProgress: () => {} });
  using folder = temporaryFolder();
  const opened = atOnce(openSnapshot(folder.path, writeSnapshot(folder.path, model, "1", 1), LAYOUT)).model;
  expect(opened.parts["toy"]!.info).toEqual({ name: "bear" });
  const { rank, ranker } = rankingWith(opened);
  const feed = rank([]);
  expect(feed.rows[0]).toBe(opened.postKeys.length - 1);
  const reason = reasonFor(ranker, feed, feed.rows[0]!);
  expect(reason.sources).toContain("toy");
  expect(reason.reasons).toEqual(["is a toy"]);
});
`;

test(
  "a model that is added by one file and its line is all that a model is",
  () => {
    using program = copied((list) =>
      list
        .replace(
          "import type { Layout }",
          'import { toy } from "./toy/model.ts";\nimport type { Layout }',
        )
        .replace("readonly ModelSpec[] = [", "readonly ModelSpec[] = [\n  toy,"),
    );
    mkdirSync(join(program.path, "src/models/toy"));
    writeFileSync(join(program.path, "src/models/toy/model.ts"), TOY);
    writeFileSync(join(program.path, "test/toy.test.ts"), TOY_TEST);
    expect(program.run("check")).toEqual(passes);
    expect(program.run("test", "--timeout", "60000", "test/toy.test.ts")).toEqual(passes);
  },
  TIMEOUT_MS,
);

test("no two models have one name", () => {
  expect(new Set(MODELS.map((it) => it.name)).size).toBe(MODELS.length);
});

test("every folder of a model is in the list and has a page that names it", () => {
  const folders = [...new Bun.Glob("*/model.ts").scanSync(join(ROOT, "src/models"))].map(dirname);
  const pages = folders.map((it) =>
    readFileSync(join(ROOT, "src/models", it, "README.md"), "utf8"),
  );
  const titles = pages.map((it) => /^# `(.+)`\n/.exec(it)?.[1]);
  expect(titles.sort()).toEqual(MODELS.map((it) => it.name).sort());
});
