/** The daily cycle: syncs, encodes new texts, learns. */
import pTimeout from "p-timeout";
import pluralize from "pluralize";
import { unreadableLines } from "../../ingest/socialverse/unreadable.ts";
import { NOT_ASKED, type SyncReport } from "../../ingest/socialverse/sync.ts";
import type { EncoderName } from "../dataset.ts";
import type { Learned, LearnOptions, Renewed } from "./protocol.ts";

/** The steps of the cycle. */
export type CycleDeps = {
  readonly sync: (force: boolean, acceptRemovals?: boolean) => Promise<SyncReport>;
  /** `undefined` if there is nothing new to learn. */
  readonly learn: (options: LearnOptions) => Promise<Learned | undefined>;
  /** Writes the newest snapshot again with the vectors stored since; `undefined` if there are none. */
  readonly renew: (encoder: EncoderName) => Promise<Renewed | undefined>;
  /** Encodes every text without a vector. */
  readonly backfill: () => Promise<void>;
  /** The loaded model, waiting while it loads; `undefined` if it can't be loaded. */
  readonly encoder: () => Promise<EncoderName | undefined>;
  /** The newest snapshot; `undefined` before the first. */
  readonly snapshot: () => NewestInfo | undefined;
  readonly log: (line: string) => void;
};

type NewestInfo = { readonly encoder: EncoderName | undefined; readonly embedded: number };

/** First pause between renewals while texts are encoded, milliseconds; each is twice as long as the one before, since each writes a snapshot. */
const RENEWAL_MS = 2_000;

/** A part of the cycle failed; it is worth another try. */
export class CycleError extends Error {
  override readonly name = "CycleError";
}

/**
 * Brings the service up to date. Steps that are already done are skipped.
 *
 * The first snapshot is made at once, without vectors and with the shipped blend. It is renewed with
 * vectors as texts are encoded, so that moods work long before the full training ends. A failed step
 * stops no other: without upstream the stored data is learnt, and without an encoder the vectors of
 * the newest snapshot are kept.
 *
 * @param options  `syncs`: false to leave upstream alone.
 * @throws CycleError that says what failed.
 */
export async function runCycle(deps: CycleDeps, { syncs = true } = {}): Promise<void> {
  const { sync, backfill, snapshot, log } = deps;
  const failures: string[] = [];
  const failed = (what: string) => (cause: unknown) =>
    void failures.push(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`);

  // Without a snapshot, as after an upgrade that changed their format, what is stored serves during the sync.
  if (snapshot() === undefined)
    await learnNow(deps, { encoder: undefined, isQuick: true, ifSynced: true }).catch(
      failed("what is stored could not be learnt"),
    );
  // An earlier process may have ended between encoding and training.
  if (snapshot()?.embedded === 0) await renewNow(deps, await deps.encoder()).catch(failed(UNUSED));
  const report = syncs && (await sync(false).catch(failed("upstream could not be read")));
  if (report)
    for (const line of [...syncComplaints(report), syncedWords(report)]) if (line !== "") log(line);
  if (report && !report.isComplete) failures.push("upstream could not be read to the end");

  if (snapshot() === undefined) await learnNow(deps, { encoder: undefined, isQuick: true });
  const encoder = await deps.encoder();
  if (encoder) {
    const filling = backfill()
      .catch(failed("texts could not be encoded"))
      .then(() => true);
    let [isFilled, pauseMs]: [boolean | undefined, number] = [false, RENEWAL_MS];
    for (; !isFilled; pauseMs *= 2) {
      isFilled = await pTimeout(filling, { milliseconds: pauseMs, message: false });
      await renewNow(deps, encoder).catch(failed(UNUSED));
    }
  } else failures.push("the encoder could not be loaded");
  await learnNow(deps, { encoder: encoder ?? snapshot()?.encoder });

  if (failures.length > 0) throw new CycleError([...new Set(failures)].join("; "));
}

const UNUSED = "new vectors could not be put to use";

/** Puts new vectors to use, and says so. */
export async function renewNow(
  { renew, log }: Pick<CycleDeps, "renew" | "log">,
  encoder: EncoderName | undefined,
): Promise<void> {
  const it = encoder && (await renew(encoder));
  if (it) log(renewedWords(it));
}

/** Learns, and says so. */
export async function learnNow(
  { learn, log }: Pick<CycleDeps, "learn" | "log">,
  options: LearnOptions,
): Promise<void> {
  const it = await learn(options);
  if (it) log(learntWords(it));
}

/** A renewal in words. */
export function renewedWords({ embedded, posts, snapshot }: Renewed): string {
  const soFar = embedded < posts ? "so far; moods already work" : "now";
  return `${embedded} of ${posts} posts are understood by their text ${soFar} (snapshot ${snapshot})`;
}

/** A training run in words. */
export const learntWords = ({ snapshot, events, posts, embedded, seconds }: Learned): string =>
  `learnt snapshot ${snapshot} from ${pluralize("event", events, true)} and ${pluralize("post", posts, true)}, ` +
  `${embedded} of them understood by their text, in ${seconds.toFixed(1)} s`;

/** A sync in words; "" if nothing was fetched. */
export const syncedWords = ({ fetchedRows, changedRows, withdrawn }: SyncReport): string =>
  fetchedRows === 0
    ? ""
    : `synced ${pluralize("row", fetchedRows, true)}, ${changedRows} new or changed, ${withdrawn} withdrawn`;

/** Log lines of a sync: what it disbelieved, could not fetch or could not read. */
export function syncComplaints({ disbelieved, endpoints }: SyncReport): string[] {
  const ofEndpoints = endpoints.flatMap(
    ({ endpoint, status, problem, fetchedRows, unreadable }) => [
      problem === NOT_ASKED ? "" : problem && `sync of ${endpoint} ${status}: ${problem}`,
      ...unreadableLines(endpoint, fetchedRows, unreadable).map((line) => `sync: ${line}`),
    ],
  );
  return [disbelieved, ...ofEndpoints].filter((line) => line !== "");
}
