/** Popularity as a model: posts that everybody likes now. */
import { column, partSpec } from "../../snapshot/columns.ts";
import type { ModelSpec } from "../contract.ts";
import { byColumn, firstEligible } from "../pick.ts";
import { popularity } from "./popularity.ts";

/** `popularity`: see {@link popularity}. */
export const popularPart = partSpec()("popular", { popularity: column("Float32Array", "posts") });

/** @see popularity */
export const popular: ModelSpec = {
  ...popularPart,
  train: ({ entries, posts, asOfMs, popularity: params }) => ({
    info: {},
    columns: { popularity: popularity(entries, posts, asOfMs, params) },
  }),
  *serve({ model, byPopularity }) {
    const column = popularPart.of(model).columns.popularity;
    const { score } = byColumn(() => column);
    return { score, retrieve: (request) => firstEligible(request, byPopularity, request.limit) };
  },
  weights: [1, 0.4, 0.1, 0],
  slider: "popularity",
  words: "does well with everybody at the moment",
};
