/** `vidrec licenses`: no part of the program is left out. */
import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { dependencies } from "../../package.json";
import { nativeAddons } from "../../src/build/edits.ts";
import { run } from "../support/run.ts";

const SRC = resolve(import.meta.dir, "../../src");
const { code, printed } = await run(["licenses"]);
const titles = [...printed.matchAll(/^={72}\n(.+)\n={72}\n\n(?!={72})\S/gm)].map(([, it]) => it!);

test("every package that the program needs has an entry with a text, and so has what is in none", () => {
  expect(code).toBe(0);
  // By the name that it is installed under; one of them is an alias.
  const aliases: Record<string, string> = { "@xenova/transformers": "@huggingface/transformers" };
  const missing = Object.keys(dependencies)
    .map((name) => aliases[name] ?? name)
    .filter((name) => !titles.some((it) => it.startsWith(`${name} `)));
  expect(missing).toEqual([]);
  for (const part of ["vidrec", "Bun", "SQLite", "ONNX Runtime", "all-MiniLM-L6-v2"])
    expect(titles.join("\n")).toContain(part);
  for (const words of ["JavaScriptCore", "https://sqlite.org", "Eigen", "protobuf"])
    expect(printed).toContain(words);
});

test("the terms of a licence that a package only names are printed too", () => {
  const terms: Record<string, RegExp> = {
    MIT: /Permission is hereby granted, free of charge/i,
    ISC: /Permission to use, copy, modify/,
    "Apache-2.0": /Apache License/,
    "BSD-3-Clause": /Redistribution and use in source and binary forms/,
    "BlueOak-1.0.0": /Blue Oak Model License/,
  };
  const entries = printed.matchAll(
    /^={72}\n(.+) \(([\w.-]+)\)\n={72}\n((?:(?!={72}\n.+\n={72}$)[^])*)/gm,
  );
  const bare = [...entries].filter(([, , name, text]) => !(terms[name!]?.test(text!) ?? true));
  expect(bare.map(([, title]) => title)).toEqual([]);
  expect(printed).not.toContain('"mappings"'); // source maps of types that are named after licences
});

test("whatever the bundler puts into the program is among them", async () => {
  const threads = [...new Bun.Glob("**/worker.ts").scanSync({ cwd: SRC, absolute: true })];
  const { metafile } = await Bun.build({
    entrypoints: [resolve(SRC, "main.ts"), ...threads],
    target: "bun",
    metafile: true,
    plugins: [nativeAddons("linux-x64", new Set())],
  });
  const bundled = new Set<string>();
  for (const path of Object.keys(metafile!.inputs)) {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
    if (folder !== undefined) bundled.add(resolve(SRC, "..", folder));
  }
  expect(bundled.size).toBeGreaterThan(20);
  for (const folder of bundled) {
    const { name, version, private: isOurs } = await Bun.file(`${folder}/package.json`).json();
    if (isOurs !== true) expect(titles.join("\n")).toContain(`${name} ${version} (`);
  }
});
