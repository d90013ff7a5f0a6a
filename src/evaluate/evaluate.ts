/** A trial: everybody who makes lists from one model, asked about what people really liked next. */
import { vocabulary } from "../math/vocabulary.ts";
import type { FindNearest } from "../nearest/contract.ts";
import { audienceOf } from "../rank/audience.ts";
import type { Ranker } from "../rank/feed.ts";
import { isServable } from "../rank/filters/servable.ts";
import { queryOf } from "../rank/query.ts";
import { answersOf, type Question } from "./answers.ts";
import { likeCounts } from "./baselines.ts";
import { personAt, wholeCases, type Case } from "./cases.ts";
import { contenders } from "./contenders.ts";
import { reportOf, type Report } from "./report.ts";
import type { Split } from "./split.ts";

/** Posts a feed ranks, as when it is served. */
const LIMIT = 1_000;

/** What is judged, and on what. */
export type EvaluateOptions = {
  /** Of a model that was trained on `split.before` and nothing else. */
  readonly ranker: Ranker;
  readonly nearest: FindNearest;
  readonly split: Split;
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
  const { ranker, split, protocol, seed, onCase } = options;
  const { model } = ranker;
  const posts = vocabulary(model.postIds);
  const servable = (row: number) => isServable(model, row);
  const cases = wholeCases(split, posts, servable);
  const answers = answersOf(
    contenders(ranker, likeCounts(split.before, posts, split.asOfMs)),
    questions(options, cases),
    (done) => onCase?.(done, cases.length),
  );
  return reportOf(answers, {
    protocol,
    seed,
    catalogue: posts.ids.keys().reduce((sum, row) => sum + Number(servable(row)), 0),
    audiences: cases.map(({ length }) => audienceOf(length)),
  });
}

function* questions(
  { ranker, nearest }: EvaluateOptions,
  cases: readonly Case[],
): Generator<Question> {
  const { model } = ranker;
  const whole = { within: undefined, mood: undefined, limit: LIMIT };
  for (const it of cases) {
    const query = queryOf({ model, nearest, person: personAt(ranker, it), ...whole });
    yield { query, relevant: new Set(it.positives) };
  }
}
