import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { NativeError, loadAddon } from "../../src/build/native.ts";

const folder = mkdtempSync(join(tmpdir(), "native-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const empty = (name: string) => {
  mkdirSync(join(folder, name));
  return join(folder, name);
};
const prebuilt = resolve(
  import.meta.dir,
  `../../node_modules/usearch/prebuilds/linux-${process.arch}/usearch.node`,
);
const failure = (addon: string, files: Record<string, string>, parent: string): unknown => {
  try {
    return loadAddon(addon, files, parent);
  } catch (cause) {
    return cause;
  }
};

describe("an embedded add-on", () => {
  test.skipIf(process.platform !== "linux")("is loaded from a copy, of which nothing stays", () => {
    const parent = empty("good");
    const addon = loadAddon("usearch.node", { "usearch.node": prebuilt }, parent);
    expect(addon).toHaveProperty("CompiledIndex");
    expect(readdirSync(parent)).toEqual([]);
  });

  test("says which folder cannot be written, and what to set", () => {
    const cause = failure("usearch.node", { "usearch.node": prebuilt }, join(folder, "absent"));
    expect(cause).toBeInstanceOf(NativeError);
    expect(String(cause)).toContain(`cannot copy usearch.node to ${join(folder, "absent")}`);
    expect(String(cause)).toContain("set TMPDIR");
  });

  test("leaves nothing behind when a copy breaks off", () => {
    const parent = empty("broken-off");
    const files = { "usearch.node": prebuilt, "library.so": join(folder, "none") };
    expect(failure("usearch.node", files, parent)).toBeInstanceOf(NativeError);
    expect(readdirSync(parent)).toEqual([]);
  });

  test("says from where it cannot be executed, and what to set", () => {
    const parent = empty("no-library");
    writeFileSync(join(folder, "text.node"), "no library");
    const cause = failure("text.node", { "text.node": join(folder, "text.node") }, parent);
    expect(cause).toBeInstanceOf(NativeError);
    expect(String(cause)).toContain(`cannot load text.node from ${parent}`);
    expect(String(cause)).toContain("set TMPDIR");
    expect(readdirSync(parent)).toEqual([]);
  });
});
