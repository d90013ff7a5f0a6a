/** A trial: everybody who makes lists from one model, asked about what people really liked next. */
import { dotRows } from "../linalg/vector.ts";
import { vocabulary } from "../linalg/vocabulary.ts";
import type { FindNearest } from "../index/contract.ts";
import { audienceOf } from "../ranking/audience.ts";
import type { Ranker } from "../ranking/feed.ts";
import { isServable } from "../ranking/filters/servable.ts";
import { queryOf } from "../ranking/query.ts";
import type { Model } from "../snapshot/model.ts";
import { answersOf, type Answers, type Question } from "./runs.ts";
import { personAt, wholeCases, type Case } from "./cases.ts";
import type { Catalogue } from "./catalogue.ts";
import { contenders, type Baseline, type Contender } from "./systems.ts";
import { reportOf, type Report } from "./report.ts";
import type { Split } from "./split.ts";

/** Posts a feed ranks, as when it is served. */
const LIMIT = 1_000;

/** What is judged, and on what. */
export type EvaluateOptions = {
  /** Of a model that was trained on `split.before` and nothing else. */
  readonly ranker: Ranker;
  readonly nearest: FindNearest;
  readonly baselines: readonly Baseline[];
  readonly split: Split;
  /** Of the catalogue, how many people liked each post before the cut, and how many liked any. */
  readonly likes: ArrayLike<number>;
  readonly people: number;
  /** 1 for the only rows that may be recommended and liked; all of them if absent. */
  readonly within?: Uint8Array | undefined;
  /** Leave a contender out, by name. */
  readonly competes?: ((name: string) => boolean) | undefined;
  /** What the report says was done. */
  readonly protocol: string;
  /** Of the resampling. */
  readonly seed: number;
  readonly onCase?: (done: number, total: number) => void;
};

/**
 * Ask for a list for everybody who liked something after the cut, as if it were the moment of the
 * cut. Every post that could be served then competes; what a person had seen is left out.
 */
export function evaluate(options: EvaluateOptions): Report {
  const { protocol, seed } = options;
  const cases = casesIn(options);
  return reportOf(ask(options, cases), {
    protocol,
    seed,
    catalogue: catalogueOf(options, openRows(options)),
    audiences: cases.map(({ length }) => audienceOf(length)),
    relevant: cases.map(({ positives }) => new Set(positives)),
  });
}

/** Everybody who liked something after the cut, at their own history length. */
export function casesIn(options: EvaluateOptions): Case[] {
  const { ranker, split } = options;
  const open = new Set(openRows(options));
  return wholeCases(split, vocabulary(ranker.model.postKeys), (row) => open.has(row));
}

/** What everybody who competes answers to some cases. */
export function ask(options: EvaluateOptions, cases: readonly Case[]): Answers[] {
  const { ranker, baselines, competes, onCase } = options;
  const asked: Contender[] = contenders(ranker, baselines).filter(
    ({ name }) => competes?.(name) ?? true,
  );
  return answersOf(asked, questions(options, cases, openRows(options)), (done) =>
    onCase?.(done, cases.length),
  );
}

/** Rows that may be recommended at all, ascending. */
function openRows({ ranker: { model }, within }: EvaluateOptions): Uint32Array {
  const rows = Uint32Array.from(model.postKeys.keys());
  return rows.filter((row) => isServable(model, row) && within?.[row] !== 0);
}

function* questions(
  { ranker, nearest, within }: EvaluateOptions,
  cases: readonly Case[],
  open: Uint32Array,
): Generator<Question> {
  const { model } = ranker;
  const isSeen = new Uint8Array(model.postKeys.length);
  for (const it of cases) {
    const person = personAt(ranker, it);
    for (const row of person.seen) isSeen[row] = 1;
    const rows = open.filter((row) => isSeen[row] === 0);
    for (const row of person.seen) isSeen[row] = 0;
    const query = queryOf({ model, nearest, person, within, mood: undefined, limit: LIMIT });
    yield { query, rows, relevant: new Set(it.positives) };
  }
}

function catalogueOf({ ranker, likes, people }: EvaluateOptions, rows: Uint32Array): Catalogue {
  const { model } = ranker;
  const similarity = similarityIn(model);
  return { rows, likes, people, ...(similarity && { similarity }) };
}

function similarityIn({ info, embeddings }: Model) {
  const d = info.encoder?.dimension ?? 0;
  if (info.embedded === 0 || d === 0) return undefined;
  return (a: number, b: number) => dotRows(embeddings, a, embeddings, b, d);
}
