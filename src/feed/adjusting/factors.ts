/** Factors of adjustments: their names, what each multiplies in a snapshot, and their reading from JSON. */
import { FACTOR_MAX, FURTHER, type Adjustments } from "../../domain/adjustments.ts";
import { objectOf } from "../../ingest/rows/object.ts";
import { Refusal } from "../../ingest/rows/refusal.ts";
import { number } from "../../ingest/rows/value.ts";
import { MODELS, TERMS } from "../../models/models.ts";
import { LAMBDA } from "../../ranking/selectors/diversity.ts";
import { freshPart } from "../../models/freshness/model.ts";
import { KNOTS, type Model } from "../../snapshot/model.ts";

/** Something that can be adjusted. */
export type Adjustable = {
  readonly name: string;
  /** In words: the term whose weight the factor multiplies, or another value that it multiplies. */
  readonly about: string;
  /** Values that were fitted: weights of people with so many posts of history, or one value of all. */
  readonly fitted: readonly { readonly posts?: number; readonly value: number }[];
};

/** Names of all factors: the score terms, then {@link FURTHER}. */
export const FACTOR_NAMES: readonly string[] = [...TERMS, ...Object.keys(FURTHER)];

const FACTOR = number(0, FACTOR_MAX);

/** Factors from a JSON value; those that it lacks are neutral. */
export function readFactors(value: unknown, field = ""): Adjustments | Refusal {
  const body = objectOf(value, field, FACTOR_NAMES);
  if (body instanceof Refusal) return body;
  const factors: Record<string, number> = {};
  for (const name of FACTOR_NAMES) {
    if (body[name] === undefined) continue;
    const factor = FACTOR.read(body[name], 0);
    if (factor instanceof Refusal) return new Refusal([field, name].filter(Boolean).join("."), factor.detail); // prettier-ignore
    factors[name] = factor;
  }
  return factors;
}

/** Everything that can be adjusted, with the values of a snapshot. */
export function adjustables(model: Model, exploreShare: number): Adjustable[] {
  const { blend, variety = LAMBDA } = model.info;
  const half_life = freshPart.of(model).info.halfLifeDays;
  const further = { variety, half_life, exploration: exploreShare };
  return [
    ...MODELS.filter(({ name }) => TERMS.includes(name)).map(({ name, about }) => ({
      name,
      about,
      fitted: KNOTS.map((posts, knot) => ({ posts, value: blend.weights[name]?.[knot] ?? 0 })),
    })),
    ...Object.entries(FURTHER).map(([name, about]) => ({
      name,
      about,
      fitted: [{ value: further[name as keyof typeof FURTHER] }],
    })),
  ];
}
