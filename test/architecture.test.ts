/** The rules of src/README.md as code: what may import what, what is absent where, how a file looks. */
import { describe, expect, test } from "bun:test";
import { dirname, relative, resolve } from "node:path";
import { dependencies } from "../package.json";
import { SIGNAL_NAMES } from "../src/domain/signals.ts";

/** Upstream first. Files import their own folder and earlier lines, nothing else. */
const LAYERS = [
  ["domain", "runtime", "config"],
  ["linalg"],
  ["data", "snapshot"],
  ["ingest", "text", "index", "models"],
  ["ranking"],
  ["evaluation"],
  ["training"],
  ["benchmarks"],
  ["feed"],
  ["http"],
  ["app"],
  ["cli"],
  ["main.ts"],
  ["build"],
];
const LINES_MAX = 200;
const FUNCTION_LINES_MAX = 70;

const SRC = resolve(import.meta.dir, "../src");
const IMPORT = /^(?:import|export)\b[^";]*"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** `code` is `text` without comments. `path` begins in src/. */
type File = { readonly path: string; readonly text: string; readonly code: string };
const files: readonly File[] = await Promise.all(
  paths().map(async (path) => {
    const text = await Bun.file(resolve(SRC, path)).text();
    return { path, text, code: text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/g, "") };
  }),
);

/** Without what is compiled to WASM: that is another language. */
function paths(): string[] {
  const all = [...new Bun.Glob("**/*.ts").scanSync({ cwd: SRC })].sort();
  return all.filter((path) => !/^linalg\/.*\/assembly\//.test(path));
}

const top = (path: string) => path.split("/")[0]!;
const layerOf = (path: string) => LAYERS.findIndex((names) => names.includes(top(path)));

/** What breaks a rule, each with the file it is in: an empty list when the rule holds. */
const offenders = (broken: (file: File) => readonly string[]) =>
  files.flatMap((file) => broken(file).map((why) => `${file.path}: ${why}`));
/** Everything that matches `pattern` outside the places where it belongs. */
const outside = (places: readonly string[], pattern: RegExp) =>
  offenders(({ path, code }) =>
    places.some((it) => path === it || path.startsWith(`${it}/`))
      ? []
      : [...code.matchAll(pattern)].map(([found]) => found),
  );
const within = (places: readonly string[], pattern: RegExp) =>
  offenders(({ path, code }) =>
    places.includes(top(path)) ? [...code.matchAll(pattern)].map(([found]) => found) : [],
  );
const importsOf = ({ code }: File) => [...code.matchAll(IMPORT)].map(([, a, b]) => a ?? b!);

test("there are files, and every one is in a layer", () => {
  expect(files.length).toBeGreaterThan(100);
  expect(offenders(({ path }) => (layerOf(path) < 0 ? ["unknown folder"] : []))).toEqual([]);
});

test("files import only their own folder and what is upstream of it", () => {
  const downstream = (file: File) =>
    importsOf(file)
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => relative(SRC, resolve(SRC, dirname(file.path), specifier)))
      .filter((target) => !target.startsWith("..") && top(target) !== top(file.path))
      .filter((target) => layerOf(target) >= layerOf(file.path));
  expect(offenders(downstream)).toEqual([]);
});

test("the program imports no package that only tests and tools install", () => {
  const tools = ["build/postman.ts", "build/kernel.ts"];
  const transpiler = new Bun.Transpiler({ loader: "ts" });
  const foreign = ({ path, text }: File) =>
    (tools.includes(path) ? [] : transpiler.scanImports(text))
      .map((it) => it.path)
      .filter((it) => !/^(?:\.|bun$|bun:|node:|addon:)/.test(it))
      .filter((it) => !(/^(?:@[^/]+\/)?[^/]+/.exec(it)![0] in dependencies));
  expect(offenders(foreign)).toEqual([]);
});

describe("there is no", () => {
  test("SQL outside data/sqlite/", () => {
    const sql = /\b(?:SELECT|INSERT INTO|DELETE FROM|PRAGMA|CREATE TABLE)\b|"bun:sqlite"/g;
    expect(outside(["data/sqlite"], sql)).toEqual([]);
  });

  test("outgoing HTTP outside ingest/socialverse/", () => {
    const http = /(?<![.\w])fetch\(|from "(?:ky|node:https?|node:net|undici|axios)"|new WebSocket/g;
    expect(outside(["ingest/socialverse"], http)).toEqual([]);
  });

  test("clock and no randomness in linalg, models, ranking and evaluation", () => {
    const chance = /\b(?:Date\.now|new Date\(\)|performance\.|Math\.random|crypto\b|setTimeout)/g;
    expect(within(["linalg", "models", "ranking", "evaluation"], chance)).toEqual([]);
  });

  test("environment outside main.ts", () => {
    expect(outside(["main.ts"], /\b(?:process|Bun|import\.meta)\.env\b/g)).toEqual([]);
  });

  test("foreign field name outside ingest/, data/, the table of signals and the two files that send them", () => {
    const names = [
      ...["post_id", "user_id", "viewed_at", "liked_at", "inspired_at", "rated_at"],
      ...["rating_percent", "is_available_in_public_feed", "post_summary", "source_matrix"],
      ...["max_page_size", "total_inspired_user_count", "is_viewed", "bookmarked", "following"],
      ...["first_name", "last_name", "picture_url", "has_evm_wallet", "has_solana_wallet"],
      ...["video_link", "thumbnail_url", "contract_address", "chain_id", "chart_url", "baseToken"],
    ];
    const readers = ["ingest", "data", "benchmarks", "domain/signals.ts"];
    const places = [...readers, "http/render.ts", "http/post.ts"];
    expect(outside(places, RegExp(`\\b(?:${names.join("|")})\\b`, "g"))).toEqual([]);
  });

  test("list of signals, or question which one it is, outside the table", () => {
    const any = SIGNAL_NAMES.join("|");
    const asked = RegExp(`(?:[=!]==|case) "(?:${any})"`, "g");
    const lists = ({ path, code }: File) => {
      if (["domain/signals.ts", "benchmarks/sparse/events.ts"].includes(path)) return [];
      const named = [`"(?:${any})"`, `\\b(?:${any}):`].map(
        (it) => new Set(code.match(RegExp(it, "g"))),
      );
      const listed = named.flatMap((it) => (it.size > 1 ? [...it] : []));
      return [...(code.match(asked) ?? []), ...listed];
    };
    expect(offenders(lists)).toEqual([]);
  });

  test.each([
    ["Elysia outside http/", ["http"], /"(?:elysia|@elysiajs\/[^"]+)"/g],
    ["usearch outside index/hnsw.ts", ["index/hnsw.ts"], /"usearch"/g],
    [
      "transformers.js outside text/sbert.ts",
      ["text/sbert.ts"],
      /from "@(?:xenova|huggingface)[^"]*"|import\("@(?:xenova|huggingface)[^"]*"\)/g,
    ],
    ["ky outside ingest/socialverse/", ["ingest/socialverse"], /"ky"/g],
    [
      "worker started outside app/worker-threads.ts and a worker's own file",
      ["app/worker-threads.ts", "training/jobs/worker.ts"],
      /new Worker\(/g,
    ],
  ])("%s", (_, places, pattern) => {
    expect(outside([...places, "build"], pattern)).toEqual([]);
  });
});

describe("files", () => {
  test("open by saying what they are for", () => {
    expect(
      offenders(({ text }) => (/^(?:#!.*\n)?\/\*\*/.test(text) ? [] : ["no opening comment"])),
    ).toEqual([]);
  });

  test(`fit in ${LINES_MAX} lines`, () => {
    const lines = (text: string) => text.split("\n").length - 1;
    expect(
      offenders(({ text }) => (lines(text) > LINES_MAX ? [`${lines(text)} lines`] : [])),
    ).toEqual([]);
  });

  test(`hold functions of at most ${FUNCTION_LINES_MAX} lines`, () => {
    const functions =
      /^( *)(?:export )?(?:async )?(?:function\*? (\w+)|(?:const (\w+) = .*=> \{$))[\s\S]*?^\1\}/gm;
    const long = ({ text }: File) =>
      [...text.matchAll(functions)]
        .filter(([body]) => body.split("\n").length > FUNCTION_LINES_MAX)
        .map(([body, , name, arrow]) => `${name ?? arrow} has ${body.split("\n").length} lines`);
    expect(offenders(long)).toEqual([]);
  });

  test("export nothing as default, nor what another file exports", () => {
    expect(
      offenders(({ code }) =>
        [...code.matchAll(/^export (?:default|\*|\{).*/gm)].map(([it]) => it),
      ),
    ).toEqual([]);
  });

  // Said too: by the opening comment of a file with one export, by the export on the line above, by
  // what a type is derived from.
  test("say of every export what it is", () => {
    const bare = ({ text }: File) => {
      const all = [
        ...text.matchAll(/^export (?:async )?(?:function\*?|const|class|type) (\w+).*/gm),
      ];
      return all
        .filter(({ index }) => /(?:^|[^/]\n|\n)\n$/.test(text.slice(0, index)))
        .filter(([line]) => !/^export type \w+ = (?:ReturnType<|\(?(?:keyof )?typeof )/.test(line))
        .filter(() => all.length > 1)
        .map(([, name]) => `${name} has no comment`);
    };
    expect(offenders(bare)).toEqual([]);
  });

  test("know types: no any, nothing switched off", () => {
    const unknown = /(?:: |\bas |<|\| )any\b(?=[\s;,)>[\]]|$)/gm;
    const found = ({ text, code }: File) =>
      [...code.replace(/(["`])(?:\\.|(?!\1)[^\\])*\1/g, '""').matchAll(unknown)]
        .map(([it]) => it)
        .concat(text.match(/@ts-(?:ignore|nocheck|expect-error)/g) ?? []);
    expect(offenders(found)).toEqual([]);
  });
});
