/** Reads the pages of an endpoint up to its end, within limits: upstream decides how many there are. */
import { isSynced } from "../../domain/signals.ts";
import type { Endpoint } from "../../data/scans.ts";
import { OversizeError, UpstreamError } from "./errors.ts";
import { record } from "./fields.ts";
import type { Page } from "./reply.ts";

/** Limits on upstream's replies, so that every sync ends. */
export type Limits = {
  /** Bytes of one reply, inflated. */
  readonly replyBytes: number;
  /** Pages, rows and milliseconds of one endpoint. */
  readonly pages: number;
  readonly rows: number;
  readonly timeMs: number;
};

/** An endpoint to page through. */
type Paging = {
  readonly endpoint: Endpoint;
  /** Host and path, for errors. */
  readonly where: string;
  /** Rows per request. */
  readonly pageSize: number;
  readonly limits: Limits;
  /** Fetches a page; numbers begin at 1. */
  readonly page: (number: number, signal: AbortSignal) => Promise<Page>;
};

/** Most pages in a row whose rows have no id: a single one may lie between good ones. */
const BLIND_PAGES_MAX = 3;

/**
 * The rows of each page, up to an empty page or one without new rows.
 *
 * @throws OversizeError where a limit is exceeded.
 * @throws UpstreamError where rows are clearly missing.
 */
export async function* allPages(paging: Paging): AsyncGenerator<readonly unknown[], void> {
  const { endpoint, where, limits, page } = paging;
  const signal = AbortSignal.timeout(limits.timeMs);
  const seen = new Set<number>();
  let [rows, blindPages] = [0, 0];
  let before: Page = { rows: [], limit: undefined };
  for (let number = 1; ; number++) {
    if (number > limits.pages)
      throw tooMuch(`has more than ${limits.pages} pages`, where, "SYNC_MAX_PAGES");
    const current = await page(number, signal).catch((error: unknown) => {
      throw signal.aborted ? tooSlow(limits, where) : error;
    });
    if (current.rows.length === 0) return;
    if (number === 1) refuseOwnHistory(endpoint, where, current.rows);
    const keys = keysOf(endpoint, current.rows);
    const isNew = keys.some((it) => !seen.has(it));
    if (!isNew && keys.length > 0) {
      checkIsEnd(paging, number, { keys, before });
      return;
    }
    blindPages = isNew ? 0 : blindPages + 1;
    if (blindPages > BLIND_PAGES_MAX) throw blind(where, number);
    rows += current.rows.length;
    if (rows > limits.rows)
      throw tooMuch(`has more than ${limits.rows} rows`, where, "SYNC_MAX_ROWS");
    yield current.rows;
    for (const key of keys) seen.add(key);
    before = current;
  }
}

/**
 * 53-bit hashes that identify rows: of the id of a user or post, of user and post of an event. Counters
 * and times may change during a scan. A row without an id has no hash.
 */
function keysOf(endpoint: Endpoint, rows: readonly unknown[]): number[] {
  const names = isSynced(endpoint) ? ["user_id", "post_id"] : ["id"];
  return rows.flatMap((row) => {
    const values = names.map((it) => record(row)?.[it]);
    if (!values.every((it) => typeof it === "number" || typeof it === "string")) return [];
    return Number(BigInt(Bun.hash(values.join(" "))) & 0x1fffffffffffffn);
  });
}

/**
 * Checks a page without new rows. It is the end if it repeats the page before, or if that page was not
 * full. If a full first page comes again, upstream ignores the page number.
 *
 * @throws UpstreamError where rows are clearly missing.
 */
function checkIsEnd(
  { endpoint, where, pageSize }: Paging,
  number: number,
  { keys, before }: { keys: readonly number[]; before: Page },
): void {
  if (before.rows.length !== Math.min(before.limit ?? pageSize, pageSize)) return;
  const last = new Set(keysOf(endpoint, before.rows));
  const isRepeated = keys.every((it) => last.has(it));
  if (isRepeated && number > 2) return;
  throw new UpstreamError(
    isRepeated
      ? "upstream sends the same page again"
      : "upstream sends rows again, and no new ones",
    `${where}, page ${number}`,
    "the page before was full, so rows are missing: it seems to ignore the page asked for; check API_BASE_URL",
  );
}

/** Without the right `resonance_algorithm` upstream sends the token owner's own history. */
function refuseOwnHistory(endpoint: Endpoint, where: string, rows: readonly unknown[]): void {
  if (!isSynced(endpoint)) return;
  if (rows.map(record).some((it) => it && "user_id" in it && "post_id" in it)) return;
  throw new UpstreamError(
    "upstream's rows name no user_id and post_id: this is the token owner's own history, not everybody's",
    where,
    "set RESONANCE_ALGORITHM to the right value",
  );
}

function tooMuch(what: string, where: string, setting: string): OversizeError {
  return new OversizeError(
    `upstream's list ${what}`,
    where,
    `it may never end; if it really is that long, raise ${setting}`,
  );
}

function tooSlow({ timeMs }: Limits, where: string): OversizeError {
  return tooMuch(
    `was not read to its end in ${timeMs / 60_000} minutes`,
    where,
    "SYNC_MAX_MINUTES",
  );
}

function blind(where: string, number: number): UpstreamError {
  return new UpstreamError(
    `upstream sent ${BLIND_PAGES_MAX + 1} pages in a row without a row that has an id`,
    `${where}, page ${number}`,
    "check API_BASE_URL",
  );
}
