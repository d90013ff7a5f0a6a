/** What happens each day: sync, give new texts vectors, learn; and what is left of it after a kill. */
import type { SyncReport } from "../upstream/sync.ts";
import type { EncoderName } from "./dataset.ts";
import type { Learned } from "./protocol.ts";

/** The work, handed over by whoever owns the threads. */
export type CycleDeps = {
  readonly sync: (force: boolean) => Promise<SyncReport>;
  readonly learn: (encoder: EncoderName | undefined, isQuick: boolean) => Promise<Learned>;
  /** Encode what lacks a vector. */
  readonly backfill: () => Promise<void>;
  /** The model that is loaded; waits while it is loading. `undefined` if it cannot be loaded. */
  readonly encoder: () => Promise<EncoderName | undefined>;
  /** What the newest snapshot was made from; `undefined` before the first. */
  readonly snapshot: () => SnapshotFacts | undefined;
  readonly lastSyncAtMs: () => Promise<number>;
  /** Posts that have a vector of the model. */
  readonly embeddedPosts: (model: string) => Promise<number>;
  readonly log: (line: string) => void;
};

/** What of a snapshot says whether a newer one is due. */
export type SnapshotFacts = {
  readonly writtenAtMs: number;
  readonly encoder: string | undefined;
  readonly embedded: number;
};

/** The day's work did not end well; it is worth another try. */
export class CycleError extends Error {
  override readonly name = "CycleError";
}

/**
 * Bring the service up to date. Whatever is already done is not done again.
 *
 * The first snapshot waits for nothing: it goes out without vectors and with the shipped blend, and is replaced.
 *
 * @throws CycleError if upstream could not be read to the end; what was read is learnt all the same.
 */
export async function runCycle(deps: CycleDeps, force = false): Promise<void> {
  const report = await deps.sync(force);
  tellSync(report, deps.log);
  const isFirst = deps.snapshot() === undefined;
  if (isFirst) await learnNow(deps, undefined, true);
  const encoder = await deps.encoder();
  if (encoder !== undefined) await deps.backfill();
  if (isFirst || (await isDue(deps, report, encoder))) await learnNow(deps, encoder, false);
  if (!report.isComplete) throw new CycleError("upstream could not be read to the end");
}

/** Whether the store has something that the newest snapshot has not. */
async function isDue(
  { snapshot, lastSyncAtMs, embeddedPosts }: CycleDeps,
  report: SyncReport,
  encoder: EncoderName | undefined,
): Promise<boolean> {
  const newest = snapshot();
  if (newest === undefined) return true;
  const changed = report.changedRows + report.withdrawn > 0;
  if (newest.writtenAtMs < (await lastSyncAtMs()) && (changed || report.fetchedRows === 0))
    return true;
  if (encoder === undefined) return false;
  const embedded = await embeddedPosts(encoder.model);
  return embedded > 0 && (newest.encoder !== encoder.model || newest.embedded !== embedded);
}

async function learnNow(
  { learn, log }: CycleDeps,
  encoder: EncoderName | undefined,
  isQuick: boolean,
): Promise<void> {
  const it = await learn(encoder, isQuick);
  log(
    `learnt snapshot ${it.snapshot} from ${it.interactions} interactions and ${it.posts} posts, ` +
      `${it.embedded} of them with a vector, in ${it.seconds.toFixed(1)} s`,
  );
}

function tellSync(report: SyncReport, log: (line: string) => void): void {
  for (const { endpoint, status, problem } of report.endpoints)
    if (problem !== "") log(`sync of ${endpoint} ${status}: ${problem}`);
  if (report.fetchedRows > 0)
    log(
      `synced ${report.fetchedRows} rows, ${report.changedRows} new or changed, ${report.withdrawn} withdrawn`,
    );
}
