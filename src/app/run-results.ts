/** Results of runs, in words and figures, as their records keep them. */
import type { Evaluated } from "../benchmarks/own/protocol.ts";
import type { RunEnd } from "../data/runs.ts";
import type { Named, RunQuality, RunResult } from "../domain/run.ts";
import { qualityOf } from "../feed/overview/quality.ts";
import type { SyncReport } from "../ingest/socialverse/sync.ts";
import type { Manifest } from "../snapshot/manifest.ts";
import { learntWords, renewedWords, syncComplaints, syncedWords } from "../training/jobs/cycle.ts";
import type { Learned, LearnOptions, Renewed } from "../training/jobs/protocol.ts";

/** Result of a run, with its log lines. */
export type EndedRun = Pick<RunEnd, "state"> & RunResult & { readonly lines?: readonly string[] };

/** Digits of fitted settings that tell something. */
const DIGITS = 4;

const nothing = (words: string): EndedRun => ({ state: "nothing_new", words });

/** A sync's result. */
export function syncResult(report: SyncReport): EndedRun {
  const { isComplete, fetchedRows, changedRows, withdrawn, endpoints } = report;
  const lines = syncComplaints(report);
  if (!isComplete)
    return { state: "failed", words: lines[0] ?? "upstream could not be read to the end", lines };
  if (fetchedRows === 0) return { ...nothing("everything was read earlier today"), lines };
  const rows = endpoints.map((it) => [`rows of ${it.endpoint}`, it.fetchedRows] as const);
  return {
    state: "done",
    words: syncedWords(report),
    figures: { rows: fetchedRows, "new or changed": changedRows, withdrawn, ...Object.fromEntries(rows) }, // prettier-ignore
    lines,
  };
}

/**
 * A training run's result.
 *
 * @param manifest  That of the snapshot it wrote; `undefined` if that is not served.
 */
export function learnResult(
  learned: Learned | undefined,
  { isQuick = false }: LearnOptions,
  manifest: Manifest | undefined,
): EndedRun {
  if (learned === undefined) return nothing("nothing new is stored since the newest snapshot");
  const { snapshot, posts, events, embedded } = learned;
  const blend = isQuick ? "shipped" : manifest?.info.blend.fitted ? "fitted" : "shipped, too little is held out to fit one"; // prettier-ignore
  return {
    state: "done",
    words: learntWords(learned),
    figures: { snapshot, posts, events, "posts understood by their text": embedded, blend },
    quality: manifest && measured(manifest),
    ...(manifest && { settings: fittedSettings(manifest) }),
  };
}

function measured(manifest: Manifest): RunQuality | undefined {
  const quality = qualityOf(manifest, undefined);
  if (quality === undefined) return undefined;
  const { cases, blend, others } = quality;
  return { cases, rankings: [{ name: "blend", ...blend }, ...others] };
}

/** Fitted settings of a training, by name. */
function fittedSettings({ info }: Manifest): Named {
  const weights = Object.entries(info.blend.weights);
  const rounded = (it: number) => Number(it.toPrecision(DIGITS));
  return {
    ...(info.encoder && { encoder: info.encoder.model }),
    ...Object.fromEntries(
      weights.map(([term, it]) => [`weight of ${term}`, it.map(rounded).join(", ")]),
    ),
    ...Object.fromEntries(
      Object.entries(info.recency).map(([term, it]) => [`decay of ${term}`, rounded(it)]),
    ),
    "half-life of events, days": rounded(info.confidence.halfLifeDays),
    ...Object.fromEntries((info.fits ?? []).map(({ setting, value }) => [setting, value])),
  };
}

/** An evaluation's result. */
export function evaluateResult({ protocol, posts, cases, rankings }: Evaluated): EndedRun {
  const words = `${protocol}; ${cases} people liked something new`;
  return { state: "done", words, figures: { posts, people: cases }, quality: { cases, rankings } };
}

/** A renewal's result. */
export function renewResult(renewed: Renewed | undefined): EndedRun {
  if (renewed === undefined) return nothing("no text has been understood since the last snapshot");
  const { snapshot, posts, embedded } = renewed;
  const figures = { snapshot, posts, "posts understood by their text": embedded };
  return { state: "done", words: renewedWords(renewed), figures };
}

/** An encoding's result. */
export function encodeResult(texts: number): EndedRun {
  if (texts === 0) return nothing("every text is understood already");
  return {
    state: "done",
    words: `${texts} more ${texts === 1 ? "text is" : "texts are"} understood`,
    figures: { texts },
  };
}
