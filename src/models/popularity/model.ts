/** Popularity as a model: posts that everybody likes now. */
import { column, partSpec } from "../../snapshot/columns.ts";
import type { ModelSpec } from "../contract.ts";
import { byColumn, firstEligible } from "../pick.ts";
import { laterTally } from "./later-tally.ts";
import { popularityOf, tallied, TALLIED, type PopularityParams } from "./popularity.ts";

/** `popularity`: see {@link popularityOf}; `tally`: what it is made of. */
export const popularPart = partSpec<{ readonly params: PopularityParams }>()("popular", {
  popularity: column("Float32Array", "posts"),
  tally: column("Float32Array", "posts", String(TALLIED)),
});

/** @see popularity */
export const popular: ModelSpec = {
  ...popularPart,
  train: ({ entries, posts, asOfMs, popularity: params }) => {
    const tally = tallied(entries, posts, asOfMs, params);
    return {
      info: { params },
      columns: { popularity: popularityOf(tally, params), tally: Float32Array.from(tally) },
    };
  },
  later: (model) => laterTally(popularPart.of(model), "popularity", model.info.asOfMs),
  *serve({ model, byPopularity }) {
    const column = popularPart.of(model).columns.popularity;
    const { score } = byColumn(() => column);
    return { score, retrieve: (request) => firstEligible(request, byPopularity, request.limit) };
  },
  weights: [1, 0.4, 0.1, 0],
  slider: "popularity",
  words: "does well with everybody at the moment",
};
