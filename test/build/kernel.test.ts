import { expect, test } from "bun:test";
import { compileSources } from "../../src/build/kernel.ts";

test("the kernel in the program is what its sources compile to", async () => {
  const file = Bun.file(new URL("../../src/math/kernel/kernel.wasm", import.meta.url));
  expect(Buffer.compare(await compileSources(), await file.bytes())).toBe(0);
});
