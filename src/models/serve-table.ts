/** Serving of a table: a post's score is the weighted sum of its entries in some rows. */
import type { Weighted } from "../linalg/rank-wasm/columns.ts";
import type { TopTable } from "../linalg/sparse.ts";
import type { Steps } from "../runtime/time-slicing.ts";
import { remembered, type Request, type Served, type ServingView } from "./contract.ts";
import { spread, type Person } from "./person.ts";
import { byColumn } from "./pick.ts";
import { scoresIn } from "./top-tables.ts";

/**
 * Scores posts by the rows of a person.
 *
 * @param weightsOf  A person's rows of the table; row `block × posts + post` is of that post.
 */
export function* serveTable(
  table: TopTable,
  { model, kernel }: ServingView,
  weightsOf: (person: Person) => Weighted,
): Steps<Served> {
  const posts = model.postKeys.length;
  const rowSum = yield* kernel.rowSum(table, posts);
  const weights = remembered(weightsOf);
  return {
    ...byColumn(remembered(({ person }: Request) => rowSum(weights(person)))),
    pulls: ({ person }, row) => {
      const { rows, weights: own } = weights(person);
      const pulls = scoresIn(table, rows, row).map((it, n) => it * own[n]!);
      return spread(
        person,
        rows.map((it) => it % posts),
        pulls,
      );
    },
  };
}
