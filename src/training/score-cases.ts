/** Scores held-out cases term by term, as the feed would have. */
import { personAt, type Case } from "../evaluation/cases.ts";
import type { FindNearest } from "../index/contract.ts";
import { preparedModel } from "../ranking/prepared-model.ts";
import type { Ranker } from "../ranking/feed.ts";
import { retrieve } from "../ranking/pipeline.ts";
import { ANYTHING, queryOf } from "../ranking/query.ts";
import { TERMS } from "../models/models.ts";
import { valuesAt } from "../linalg/vector.ts";
import type { Recency } from "../snapshot/model.ts";
import type { ScoredCase } from "./scored-case.ts";

/** Posts that a case ranks, as many as a feed. */
const LIMIT = 1_000;

/** A scored case with the rows of its columns, and of all candidates, over which these are standardised. */
export type ScoredRows = ScoredCase & { readonly rows: Uint32Array; readonly found: Uint32Array };

/** The candidates of one case with a column for every term of the blend. `recency` is the decay of older events. */
export function scoreCase(
  ranker: Ranker,
  nearest: FindNearest,
  it: Case,
  recency: Recency,
): ScoredRows {
  const { model, pipeline } = ranker;
  const person = personAt(ranker, it, recency);
  const { kernel } = preparedModel(model).view;
  return kernel.arrays.scope(() => {
    const query = queryOf({ ...ANYTHING, model, nearest, person, limit: LIMIT });
    const { rows } = retrieve(pipeline, query);
    const isShown = it.shown && new Set(it.shown);
    const kept = isShown && [...rows.keys()].filter((n) => isShown.has(rows[n]!));
    const keptRows = kept ? Uint32Array.from(kept, (n) => rows[n]!) : rows.slice();
    const places = Array.from(it.positives, (row, n) => {
      const place = keptRows.indexOf(row);
      return place >= 0 ? place : keptRows.length + n;
    });
    const columns = TERMS.map((term) => {
      const scorer = pipeline.scorers.find(({ name }) => name === term)!;
      const column = kernel.standardise(scorer.score(query, rows));
      return kept ? valuesAt(column, kept) : column.slice();
    });
    const found = isShown ? rows.slice() : keptRows;
    return { length: it.length, columns, relevant: new Set(places), rows: keptRows, found };
  });
}
