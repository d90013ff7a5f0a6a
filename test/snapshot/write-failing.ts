/** Writes a snapshot again and again, each time failing one operation later; prints what is left each time. */
import { readdirSync } from "node:fs";
import { recordFs } from "../support/recorded-fs.ts";

const [folder] = process.argv.slice(2) as [string];
let left = Infinity;
recordFs(({ op }) => {
  if (op !== "remove" && left-- === 0) throw new Error("ENOSPC: no space left on device");
});
const { writeSnapshot } = await import("../../src/snapshot/write.ts");
const { someModel } = await import("./some-model.ts");
for (let failing = 0; ; failing++) {
  left = failing;
  try {
    writeSnapshot(folder, someModel(2), "1", 2);
    break;
  } catch {
    console.log(JSON.stringify(readdirSync(folder).sort()));
  }
}
