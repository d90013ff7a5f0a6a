/** Writes one snapshot after the other into the folder it is given, until it is killed. */
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { someModel } from "./some-model.ts";

const [folder, firstSeed] = process.argv.slice(2) as [string, string];
for (let seed = Number(firstSeed); ; seed++) {
  writeSnapshot(folder, someModel(seed, 500), "1.2.3", Date.now());
  if (seed === Number(firstSeed)) console.log("one is written");
}
