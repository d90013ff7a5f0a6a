/** Popularity as a model: posts that everybody likes now. */
import { anyLength, column, partSpec } from "../../snapshot/columns.ts";
import type { Model } from "../../snapshot/model.ts";
import type { ModelSpec } from "../contract.ts";
import { byColumn, firstEligible } from "../pick.ts";
import { laterTally } from "./later-tally.ts";
import {
  massesOf,
  popularityBy,
  popularityOf,
  tallied,
  TALLIED,
  type PopularityParams,
} from "./popularity.ts";
import { priorOf, withTextPrior } from "./text-prior.ts";

/**
 * `popularity`: see {@link popularityOf}; `tally`: what it is made of; `prior`: the mass that each text leads to
 * expect; `textMap`: from a text vector to that.
 */
export const popularPart = partSpec<{ readonly params: PopularityParams }>()("popular", {
  popularity: column("Float32Array", "posts"),
  tally: column("Float32Array", "posts", String(TALLIED)),
  prior: column("Float32Array", "posts"),
  textMap: anyLength("Float32Array"),
});

/** @see popularity */
export const popular: ModelSpec = {
  ...popularPart,
  train: async ({ entries, posts, asOfMs, popularity: params, kernel, embeddings }) => {
    const tally = Float32Array.from(tallied(entries, posts, asOfMs, params));
    const { map: textMap, prior } = await withTextPrior(
      kernel,
      embeddings,
      tally.length / TALLIED,
      (fit) => fit(massesOf(tally)),
    );
    const popularity = popularityOf(tally, params, { prior });
    return { info: { params }, columns: { popularity, tally, prior, textMap } };
  },
  fill: (model, rows) => {
    const { popularity, prior, textMap } = popularPart.of(model).columns;
    const expected = priorOf(model, rows, textMap);
    const [isLiked, unliked] = [likedIn(model), unlikedIn(model)];
    for (const [n, row] of rows.entries()) {
      if (expected === undefined || isLiked(row)) continue; // likes say more than a new text
      prior[row] = expected[n]!;
      popularity[row] = unliked(row);
    }
    return [];
  },
  later: (model) => laterTally(popularPart.of(model), "popularity", model.info.asOfMs),
  *serve({ model, byPopularity }) {
    const column = popularPart.of(model).columns.popularity;
    const { score } = byColumn(() => column);
    return { score, retrieve: (request) => firstEligible(request, byPopularity, request.limit) };
  },
  weights: [1, 0.4, 0.1, 0],
  slider: "popularity",
  about: "What everybody likes lately: the main evidence for newcomers.",
  words: "does well with everybody at the moment",
};

/** Tells if people have liked a post: its popularity is more than what its text leads to expect. */
export function likedIn(model: Model): (row: number) => boolean {
  const { popularity } = popularPart.of(model).columns;
  const unliked = unlikedIn(model);
  return (row) => popularity[row]! > unliked(row);
}

/** Tells the popularity of a post that nobody has liked. */
function unlikedIn(model: Model): (row: number) => number {
  const { info, columns } = popularPart.of(model);
  const { tally, prior } = columns;
  return (row) => Math.fround(popularityBy(info.params, 0, prior[row]!, tally[row * TALLIED + 4]!));
}
