/** Schemas of `/adjustments`, with examples. */
import { t } from "elysia";
import { FACTOR_MAX, NEUTRAL } from "../domain/adjustments.ts";
import { FACTOR_NAMES } from "../feed/adjusting/factors.ts";
import { FIGURES } from "../feed/adjusting/list-figures.ts";

/** Meaning of held-out nDCG@20. */
export const NDCG = "how well lists find what people liked next, 0 to 1";

/** Words on the cases behind the held-out figure, or on how to get some. */
export function heldOutWords({
  cases,
  people,
}: {
  readonly cases: number;
  readonly people: number;
}): string {
  return cases === 0
    ? "Nothing is held out in this snapshot. The next training does it, once enough people have liked something new; `POST /learn` starts one."
    : `${cases} cases of ${people} people: their newest likes, which the models had not seen. What was fitted looks a little better than it is, since it was fitted on such cases. The figure does not depend on exploration: in these cases no new post is tried out.`;
}

/** Schema of factors. */
export const FactorsSchema = t.Partial(
  t.Object(
    Object.fromEntries(
      FACTOR_NAMES.map((it) => [
        it,
        t.Number({ minimum: 0, maximum: FACTOR_MAX, default: NEUTRAL }),
      ]),
    ),
  ),
  { additionalProperties: false },
);

/** Factors for examples. */
export const FACTORS_EXAMPLE = { popular: 0.5, variety: 1.5 };

/** Schema of the state. */
export const AdjustedSchema = t.Object({
  factors: t.Record(t.String(), t.Number(), {
    description: `In force; those that are not named are ${NEUTRAL}`,
  }),
  factor_max: t.Number(),
  can_go_back: t.Boolean(),
  adjustable: t.Union(
    [
      t.Array(
        t.Object({
          name: t.String(),
          about: t.String({
            description:
              "The term whose weight the factor multiplies, or another value that it multiplies, in words",
          }),
          fitted: t.Array(
            t.Object({
              posts: t.Union([t.Integer(), t.Null()], {
                description: "Length of the history that the value is for; null: of any",
              }),
              value: t.Number(),
            }),
          ),
        }),
      ),
      t.Null(),
    ],
    { description: "Values of the present snapshot; null before the first" },
  ),
  history: t.Array(
    t.Object({
      version: t.Integer(),
      saved_at: t.String({ format: "date-time" }),
      factors: t.Record(t.String(), t.Number()),
    }),
    { description: "The newest first" },
  ),
});

/** A state for examples. */
export const ADJUSTED_EXAMPLE: typeof AdjustedSchema.static = {
  factors: FACTORS_EXAMPLE,
  factor_max: FACTOR_MAX,
  can_go_back: true,
  adjustable: [
    {
      name: "popular",
      about: "What everybody likes lately: the main evidence for newcomers.",
      fitted: [{ posts: 0, value: 1 }],
    },
  ],
  history: [{ version: 1, saved_at: "2025-06-01T08:30:00.000Z", factors: FACTORS_EXAMPLE }],
};

const Effect = t.Object({
  name: t.String(),
  about: t.String(),
  before: t.Number({ description: "Mean with the factors in force" }),
  after: t.Number({ description: "Mean with these" }),
  difference: t.Number(),
  low: t.Number({
    description: "Ends of the difference's 95 % interval (paired bootstrap over people)",
  }),
  high: t.Number(),
});

/** Schema of an effect. */
export const EffectSchema = t.Object({
  snapshot: t.String(),
  people: t.Integer({ description: "People whose lists were ranked again" }),
  logged: t.Integer({
    description: "Those of them who asked for a page last; the others did something last",
  }),
  replaced: t.Number({
    description: "Mean share of a list's first 20 that were not among them before",
  }),
  places: t.Number({ description: "Mean number of places that the others moved by" }),
  effects: t.Array(Effect),
  held_out: t.Object(
    {
      cases: t.Integer({
        description: "Each is one person at one history length; a person may have several",
      }),
      people: t.Integer(),
      ndcg: t.Union([Effect, t.Null()], { description: "null where nothing was held out" }),
      words: t.String({ description: "The cases behind it, or how to get some" }),
    },
    { description: "nDCG@20 of lists for people whose next likes are known, before and after" },
  ),
  lists: t.Array(
    t.Object({ user: t.String(), before: t.Array(t.String()), after: t.Array(t.String()) }),
    {
      description:
        "Ids of the first 20 posts before and after, of the people whose lists changed most",
    },
  ),
});

/** An effect for examples. */
export const EFFECT_EXAMPLE: typeof EffectSchema.static = {
  snapshot: "20250601T001200000Z",
  people: 50,
  logged: 50,
  replaced: 0.12,
  places: 1.4,
  effects: [
    {
      name: "diversity",
      about: FIGURES.diversity,
      before: 0.62,
      after: 0.66,
      difference: 0.04,
      low: 0.02,
      high: 0.05,
    },
  ],
  held_out: {
    ...{ cases: 600, people: 240, words: heldOutWords({ cases: 600, people: 240 }) },
    ndcg: {
      name: "ndcg@20",
      about: NDCG,
      before: 0.21,
      after: 0.2,
      difference: -0.01,
      low: -0.014,
      high: -0.006,
    },
  },
  lists: [{ user: "ada", before: ["1", "2"], after: ["2", "3"] }],
};
