/** The rules of src/README.md as code: what may import what, and what is absent where. */
import { describe, expect, test } from "bun:test";
import { dirname, relative, resolve } from "node:path";
import { dependencies } from "../package.json";
import { signalNames } from "../src/domain/known-signals.ts";
import { SRC, files, offenders, type File } from "./support/source-files.ts";

/** Upstream first. Files import their own folder and earlier lines, nothing else. */
const LAYERS = [
  ["domain", "runtime", "config"],
  ["linalg"],
  ["data", "snapshot"],
  ["ingest", "text", "index"],
  ["models"],
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
const IMPORT = /^(?:import|export)\b[^";]*"([^"]+)"|\bimport\("([^"]+)"\)/gm;

const top = (path: string) => path.split("/")[0]!;
const layerOf = (path: string) => LAYERS.findIndex((names) => names.includes(top(path)));

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

/** Files that `file` imports, types included. */
const importedBy = (file: File) =>
  importsOf(file)
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => relative(SRC, resolve(SRC, dirname(file.path), specifier)));

test("files import only their own folder and what is upstream of it", () => {
  const downstream = (file: File) =>
    importedBy(file)
      .filter((target) => !target.startsWith("..") && top(target) !== top(file.path))
      .filter((target) => layerOf(target) >= layerOf(file.path));
  expect(offenders(downstream)).toEqual([]);
});

test("no two files import each other, nor do more of them in a circle", () => {
  const imports = new Map(files.map((it) => [it.path, importedBy(it)]));
  // What imports nothing that is left is taken away, again and again; circles stay, and who imports them.
  for (let size = 0; size !== imports.size;) {
    size = imports.size;
    for (const [path, targets] of imports)
      if (!targets.some((it) => imports.has(it))) imports.delete(path);
  }
  expect([...imports.keys()]).toEqual([]);
});

test("the program imports no package that only tests and tools install", () => {
  const tools = ["build/postman.ts", "build/kernel.ts"];
  const transpilers = {
    ts: new Bun.Transpiler({ loader: "ts" }),
    tsx: new Bun.Transpiler({
      loader: "tsx",
      tsconfig: JSON.stringify({
        compilerOptions: { jsx: "react-jsx", jsxImportSource: "preact" },
      }),
    }),
  };
  const foreign = ({ path, text }: File) =>
    (tools.includes(path) ? [] : transpilers[path.endsWith("x") ? "tsx" : "ts"].scanImports(text))
      .map((it) => it.path)
      .filter((it) => !/^(?:\.|bun$|bun:|node:|addon:|react$)/.test(it)) // Preact's JSX, which the transpiler calls React's
      .filter((it) => !(/^(?:@[^/]+\/)?[^/]+/.exec(it)![0] in dependencies));
  expect(offenders(foreign)).toEqual([]);
});

describe("there is no", () => {
  test("SQL outside data/sqlite/", () => {
    const sql = /\b(?:SELECT|INSERT INTO|DELETE FROM|PRAGMA|CREATE TABLE)\b/g;
    expect(outside(["data/sqlite"], sql)).toEqual([]);
  });

  test("import of data/sqlite/ but for what opens it, nor of SQLite itself", () => {
    const inside = /"(?:bun:sqlite|[./]+data\/sqlite\/(?!open\.ts")[^"]*)"/g;
    expect(outside(["data/sqlite"], inside)).toEqual([]);
  });

  test("outgoing HTTP but for upstream, the simulator, which asks its own vidrec on loopback, and the browser's page", () => {
    const http = /(?<![.\w])fetch\(|from "(?:ky|node:https?|node:net|undici|axios)"|new WebSocket/g;
    expect(
      outside(["ingest/socialverse", "cli/simulated-service.ts", "http/dashboard/ui"], http),
    ).toEqual([]);
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

  test("foreign field name of Gorse outside its folders and the preset of its backups", () => {
    const names = ["ItemId", "UserId", "FeedbackType", "IsHidden", "RowAffected", "Timestamp"];
    const places = ["ingest/gorse", "ingest/files", "http/routes/gorse"];
    expect(outside(places, RegExp(`(?<!type )\\b(?:${names.join("|")}):`, "g"))).toEqual([]);
  });

  test("list of signals, or question which one it is, outside the table", () => {
    const any = signalNames().join("|");
    const asked = RegExp(`(?:[=!]==|case) "(?:${any})"`, "g");
    const lists = ({ path, code }: File) => {
      const lists = [
        ...["domain/signals.ts", "domain/signal-words.ts", "benchmarks/sparse/events.ts"],
        "benchmarks/simulator/service-policy.ts", // what its made-up viewers do
        "ingest/files/presets/kuairand.ts", // what the columns of its files are
      ];
      // The dashboard's page has buttons for some of them.
      if (lists.includes(path) || path.startsWith("http/dashboard/ui/")) return [];
      const told = code.replace(/columns: \[[^\]]*\]|get\("\w+"\)/g, ""); // names of columns in files
      const named = [`"(?:${any})"`, `\\b(?:${any}):`].map(
        (it) => new Set(told.match(RegExp(it, "g"))),
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
      ["app/worker-threads.ts", "training/jobs/worker.ts", "benchmarks/own/worker.ts"],
      /new Worker\(/g,
    ],
  ])("%s", (_, places, pattern) => {
    expect(outside([...places, "build"], pattern)).toEqual([]);
  });
});
