/** Takes the lock it is given the path of, says how it went, and stays until it is killed or its input ends. */
import { openLease } from "../../../src/data/sqlite/open.ts";

const [path, who] = process.argv.slice(2) as [string, string];
const lock = await openLease(path).take(who);
console.log("heldBy" in lock ? `held by ${lock.heldBy}` : "taken");
await Bun.stdin.text(); // ends with whoever started it, however that ends
if ("release" in lock) await lock.release(); // it lives as long as it can be reached
