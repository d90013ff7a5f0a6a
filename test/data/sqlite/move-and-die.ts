/** Opens the store at a path and is killed when a share of its rows has been rewritten. */
import { migrateStore, openLease } from "../../../src/data/sqlite/open.ts";

const [path, share] = process.argv.slice(2);
await migrateStore(path!, openLease(`${path}.lease`), "a test", (done, total) => {
  if (done >= Number(share) * total) process.kill(process.pid, "SIGKILL");
});
