/** Mood: posts whose texts suit the mood that is asked for. */
import { column, partSpec } from "../../snapshot/columns.ts";
import type { Model } from "../../snapshot/model.ts";
import type { ModelSpec } from "../contract.ts";
import { stacked, type TextView } from "../training-view.ts";
import { DEPTH, nearTo } from "../pick.ts";
import { moodBoost } from "./boost.ts";
import { MOODS } from "./moods.ts";

/** `names` are those of the rows of `vectors`, unit vectors of the moods; none until all are encoded. */
type Info = { readonly names: readonly string[]; readonly moods: number };
const part = partSpec<Info>()("mood", { vectors: column("Float32Array", "moods", "d") });

/** Unit vector of a named mood `[d]`; `undefined` for one that a snapshot does not know. */
export function moodVector(model: Model, name: string): Float32Array | undefined {
  const { info, columns } = part.of(model);
  const row = info.names.indexOf(name);
  const d = columns.vectors.length / info.moods;
  return row < 0 ? undefined : columns.vectors.subarray(row * d, row * d + d);
}

/** Has no score: it only raises posts that are near the mood. */
export const mood: ModelSpec = {
  ...part,
  texts: MOODS.map((it) => it.sentence),
  train: learnt,
  renew: (_, view) => learnt(view),
  *serve(view) {
    return {
      retrieve: (request) =>
        request.mood === undefined ? new Uint32Array(0) : nearTo(request, request.mood, DEPTH),
      boost: (request, rows, total) => moodBoost(view, request, rows, total),
    };
  },
  words: "fits the mood",
};

function learnt({ texts }: TextView) {
  const known = MOODS.every((it) => texts[it.sentence] !== undefined) ? MOODS : [];
  const info: Info = { names: known.map((it) => it.name), moods: known.length };
  return { info, columns: { vectors: stacked(known.map((it) => texts[it.sentence]!)) } };
}
