/**
 * One sync in a process of its own, to be killed: `bun test/support/sync-once.ts <url> <store.db>`.
 */
import { syncAll } from "../../src/ingest/socialverse/sync.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { openClient } from "../../src/ingest/socialverse/client.ts";
import { TOKEN } from "./socialverse.ts";
import { noon } from "./upstream.ts";

const [baseUrl = "", path = ""] = process.argv.slice(2);
using store = openStore(path);
const client = openClient({ baseUrl, token: TOKEN, resonanceAlgorithm: "any" });
await syncAll({ client, store, nowMs: () => noon(1) });
