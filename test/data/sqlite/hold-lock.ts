/** Takes the lock it is given the path of, says how it went, and stays until it is killed or its input ends. */
import { takeLock } from "../../../src/data/sqlite/lock.ts";

const [path, who] = process.argv.slice(2) as [string, string];
const lock = takeLock(path, who);
console.log("heldBy" in lock ? `held by ${lock.heldBy}` : "taken");
await Bun.stdin.text(); // ends with whoever started it, however that ends
if ("release" in lock) lock.release(); // it lives as long as it can be reached
