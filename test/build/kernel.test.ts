import { expect, test } from "bun:test";
import { compileSources, MODULES } from "../../src/build/kernel.ts";

test.each(MODULES)("%s in the program is what its sources compile to", async (name) => {
  const file = Bun.file(new URL(`../../src/linalg/${name}`, import.meta.url));
  expect(Buffer.compare(await compileSources(name), await file.bytes())).toBe(0);
});
