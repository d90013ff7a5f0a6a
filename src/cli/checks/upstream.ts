/** Check of the Socialverse API. */
import { ENDPOINTS, type Endpoint } from "../../data/scans.ts";
import { openClient, type UpstreamClient } from "../../ingest/socialverse/client.ts";
import { toEvent, toPost, toUser, type OnUnreadable } from "../../ingest/socialverse/schema.ts";
import { countReasons, unreadableLines } from "../../ingest/socialverse/unreadable.ts";
import { fail, ok, warn, type Check, type Finding } from "./finding.ts";

const TIMEOUT_MS = 10_000;
/** Rows that are read: one bad row may be an exception, three are a change of the API. */
const ROWS = 3;
const part = "upstream";

/** Reads a short page of each endpoint. */
export const upstream: Check = {
  part,
  run: async ({ paths: { upstream: at } }) => {
    if (at.kind === "demo")
      return [ok(part, "not asked: the demo catalogue is part of the program")];
    if (at.kind === "none") return [ok(part, "there is none: an app sends its own data")];
    const client = openClient({ ...at, pageSize: ROWS, timeoutMs: TIMEOUT_MS, retries: 1 });
    return Promise.all(ENDPOINTS.map((it) => pageOf(client, it)));
  },
};

async function pageOf(client: UpstreamClient, endpoint: Endpoint): Promise<Finding> {
  const start = performance.now();
  const found = await client
    .pages(endpoint)
    .next()
    .catch((cause: unknown) => cause as Error);
  if (found instanceof Error) return fail(part, `${endpoint}: ${found.message}`);
  const rows = found.value ?? [];
  const took = `answered in ${Math.round(performance.now() - start)} ms`;
  if (rows.length === 0)
    return warn(
      part,
      `${endpoint} ${took}, but holds nothing: check API_BASE_URL, FLIC_TOKEN and RESONANCE_ALGORITHM`,
    );
  const counts: { reason: string; rows: number }[] = [];
  const onUnreadable = countReasons(counts);
  if (rows.filter((it) => isReadable(endpoint, it, onUnreadable)).length > 0)
    return ok(part, `${endpoint} ${took}`);
  const why = unreadableLines(endpoint, rows.length, counts).join("; ");
  return fail(
    part,
    `${endpoint} ${took}, but its rows cannot be read (${why}): upstream has to send these fields as its contract says`,
  );
}

function isReadable(endpoint: Endpoint, row: unknown, onUnreadable: OnUnreadable): boolean {
  if (endpoint === "users") return toUser(row, { onUnreadable }) !== undefined;
  if (endpoint === "posts") return toPost(row, { onUnreadable }) !== undefined;
  return toEvent(endpoint, row, { onUnreadable }) !== undefined;
}
