import { describe, expect, test } from "bun:test";
import { resolve } from "node:path";
import { EDITS, PLATFORM_NAMES, edited, nativeFiles } from "../../src/build/edits.ts";

const MODULES = resolve(import.meta.dir, "../../node_modules");
const installed = [
  "onnxruntime-node/dist/binding.js",
  "@xenova/transformers/dist/transformers.node.mjs",
  "usearch/javascript/dist/esm/usearch.js",
].map((file) => `${MODULES}/${file}`);

describe("the edits on packages", () => {
  test("each find their one place in the installed packages", async () => {
    for (const [n, edit] of EDITS.entries()) {
      expect(installed[n]).toMatch(edit.file);
      const text = await Bun.file(installed[n]!).text();
      const changed = edited(text, edit, installed[n]!);
      expect(changed).toContain(edit.put);
      expect(changed).not.toMatch(edit.find);
    }
    expect(installed).toHaveLength(EDITS.length);
  });

  test("fail where a package has changed", () => {
    const edit = { file: /x\.js$/, find: /load\(\)/, put: "read()" };
    expect(edited("a = load();", edit, "x.js")).toBe("a = read();");
    expect(() => edited("a = fetch();", edit, "x.js")).toThrow("x.js: 0 places match");
    expect(() => edited("load(); load();", edit, "x.js")).toThrow("x.js: 2 places match");
  });

  test("know where both packages keep their libraries, for every platform", async () => {
    for (const platform of PLATFORM_NAMES)
      for (const path of Object.values(nativeFiles(platform)).flat())
        expect([path, await Bun.file(path).exists()]).toEqual([path, true]);
  });
});
