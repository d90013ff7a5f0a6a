/** Takes the lock it is given the path of, says how it went, and stays until it is killed. */
import { takeLock } from "../../src/store/lock.ts";

const [path, who] = process.argv.slice(2) as [string, string];
const lock = takeLock(path, who);
console.log("heldBy" in lock ? `held by ${lock.heldBy}` : "taken");
setInterval(() => lock, 1_000); // the lock lives as long as it can be reached
