/** Mood as a model: a source and a boost for posts whose texts are near the requested mood. */
import { column, partSpec } from "../../snapshot/columns.ts";
import type { Model } from "../../snapshot/model.ts";
import type { ModelSpec } from "../contract.ts";
import { stacked, type TextView } from "../training-view.ts";
import { SOURCE_DEPTH, nearestEligible } from "../pick.ts";
import { moodBoost } from "./boost.ts";
import { MOODS } from "./moods.ts";

/** `names[n]` is the mood of row n of `vectors`; no names until all moods are encoded. */
type Info = { readonly names: readonly string[]; readonly moods: number };
const part = partSpec<Info>()("mood", { vectors: column("Float32Array", "moods", "d") });

/** Unit vector of a named mood `[d]`; `undefined` if the snapshot does not contain it. */
export function moodVector(model: Model, name: string): Float32Array | undefined {
  const { info, columns } = part.of(model);
  const row = info.names.indexOf(name);
  const d = columns.vectors.length / info.moods;
  return row < 0 ? undefined : columns.vectors.subarray(row * d, row * d + d);
}

/** The names of the moods that a snapshot contains. */
export const moodNames = (model: Model): readonly string[] => part.of(model).info.names;

/** It has no score: its boost raises posts that are near the mood. */
export const mood: ModelSpec = {
  ...part,
  texts: MOODS.map((it) => it.sentence),
  train: learnt,
  renew: (_, view) => learnt(view),
  *serve(view) {
    return {
      retrieve: (request) =>
        request.mood === undefined
          ? new Uint32Array(0)
          : nearestEligible(request, request.mood, SOURCE_DEPTH),
      boost: (request, rows, total) => moodBoost(view, request, rows, total),
    };
  },
  about: "Nearness of the text of the post to the mood that was asked for.",
  words: "fits the mood",
};

function learnt({ texts }: TextView) {
  const known = MOODS.every((it) => texts[it.sentence] !== undefined) ? MOODS : [];
  const info: Info = { names: known.map((it) => it.name), moods: known.length };
  return { info, columns: { vectors: stacked(known.map((it) => texts[it.sentence]!)) } };
}
