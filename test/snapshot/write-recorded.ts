/** Writes two snapshots into a folder, and prints each operation that its disk is asked for as a line of JSON. */
import { recordFs } from "../support/recorded-fs.ts";

const [folder] = process.argv.slice(2) as [string];
const say = (it: object) => console.log(JSON.stringify(it));
recordFs(say);
const { writeSnapshot } = await import("../../src/snapshot/write.ts");
const { someModel } = await import("./some-model.ts");
for (const seed of [2, 3])
  say({ op: "done", path: writeSnapshot(folder, someModel(seed), "1", seed) });
