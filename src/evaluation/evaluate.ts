/** Offline evaluation: every system ranks for everybody who liked something after the cut. */
import { dotRows } from "../linalg/vector.ts";
import { vocabulary } from "../linalg/vocabulary.ts";
import type { FindNearest } from "../index/contract.ts";
import { audienceOf } from "../ranking/audience.ts";
import type { Ranker } from "../ranking/feed.ts";
import { isServable } from "../ranking/eligibility.ts";
import { ANYTHING, queryOf } from "../ranking/query.ts";
import type { Model } from "../snapshot/model.ts";
import { runSystems, type Run, type JudgedQuery } from "./runs.ts";
import { personAt, wholeCases, type Case } from "./cases.ts";
import type { Catalogue } from "./catalogue.ts";
import { systemsOf, type Baseline } from "./systems.ts";
import { reportOf, type Report } from "./report.ts";
import type { Split } from "./split.ts";

/** Posts a feed ranks, as in serving. */
export const LIMIT = 1_000;

/** Options of runs: the systems and their data. */
export type RunOptions = {
  /** Its model was trained on `split.before` alone. */
  readonly ranker: Ranker;
  readonly nearest: FindNearest;
  readonly baselines: readonly Baseline[];
  readonly split: Split;
  /** 1 for rows that may be recommended and count as relevant; every row if absent. */
  readonly categoryMask?: Uint8Array | undefined;
  /** True for the names of the systems that run; all run if absent. */
  readonly isIncluded?: ((name: string) => boolean) | undefined;
  readonly onCase?: (done: number, total: number) => void;
};

/** Options of an evaluation: those of its runs, and facts for the report. */
export type EvaluateOptions = RunOptions &
  Pick<Catalogue, "likes" | "people"> & {
    /** One sentence: the data, and what of it is held out. */
    readonly protocol: string;
    /** Seed of the bootstrap. */
    readonly seed: number;
  };

/**
 * Ranks for every held-out case as of the cut, and reports the quality of the lists. Candidates are all
 * servable posts that the person had not seen.
 */
export function evaluate(options: EvaluateOptions): Report {
  const { protocol, seed } = options;
  const cases = heldOutCases(options);
  return reportOf(runsOver(options, cases), {
    protocol,
    seed,
    catalogue: catalogueOf(options),
    audiences: cases.map(({ length }) => audienceOf(length)),
    relevant: cases.map(({ positives }) => new Set(positives)),
  });
}

/** The cases of everybody who liked something after the cut, with their whole history. */
export function heldOutCases(options: RunOptions): Case[] {
  const { ranker, split } = options;
  const eligible = new Set(eligibleRows(options));
  return wholeCases(split, vocabulary(ranker.model.postKeys), (row) => eligible.has(row));
}

/** The run of every system that competes over some cases. */
export function runsOver(options: RunOptions, cases: readonly Case[]): Run[] {
  const { ranker, baselines, isIncluded, onCase } = options;
  const systems = systemsOf(ranker, baselines).filter(({ name }) => isIncluded?.(name) ?? true);
  return runSystems(systems, judgedQueries(options, cases), (done) => onCase?.(done, cases.length));
}

/** Rows that may be recommended at all, ascending. */
function eligibleRows({ ranker: { model }, categoryMask }: RunOptions): Uint32Array {
  const rows = Uint32Array.from(model.postKeys.keys());
  return rows.filter((row) => isServable(model, row) && categoryMask?.[row] !== 0);
}

function* judgedQueries(options: RunOptions, cases: readonly Case[]): Generator<JudgedQuery> {
  const { ranker, nearest, categoryMask } = options;
  const { model } = ranker;
  const eligible = eligibleRows(options);
  const isSeen = new Uint8Array(model.postKeys.length);
  for (const it of cases) {
    const person = personAt(ranker, it);
    for (const row of person.seen) isSeen[row] = 1;
    const rows = eligible.filter((row) => isSeen[row] === 0);
    for (const row of person.seen) isSeen[row] = 0;
    const query = queryOf({ ...ANYTHING, categoryMask, model, nearest, person, limit: LIMIT });
    yield { query, rows, relevant: new Set(it.positives) };
  }
}

function catalogueOf(options: EvaluateOptions): Catalogue {
  const { ranker, likes, people } = options;
  const similarity = similarityIn(ranker.model);
  return { rows: eligibleRows(options), likes, people, ...(similarity && { similarity }) };
}

function similarityIn({ info, embeddings }: Model) {
  const d = info.encoder?.dimension ?? 0;
  if (info.embedded === 0 || d === 0) return undefined;
  return (a: number, b: number) => dotRows(embeddings, a, embeddings, b, d);
}
