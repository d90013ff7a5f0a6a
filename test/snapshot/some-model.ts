/** Small models, for tests of the files they are written to. */
import { seededRandom } from "../../src/linalg/random.ts";
import { SHIPPED_BLEND } from "../../src/ranking/blend.ts";
import { RECENCY } from "../../src/models/models.ts";
import { ELEMENTS, type Column, type ColumnSpec } from "../../src/snapshot/columns.ts";
import { CATALOGUE, type Model } from "../../src/snapshot/model.ts";
import { presentConfidence } from "../../src/models/confidence.ts";
import { partsOf } from "../support/parts.ts";

const D = 6;
/** Every dimension but posts and d. */
const SIZE = 3;

/** A model of `posts` posts with random numbers in every column. */
export function someModel(seed: number, posts = 10, size = SIZE): Model {
  const random = seededRandom(seed);
  const fill = ({ element }: ColumnSpec, length: number): Column => {
    const isReal = element === "Float32Array" || element === "Float64Array";
    return new ELEMENTS[element](length).map(() => (isReal ? random() - 0.5 : 100 * random()));
  };
  const sizes = { posts, d: D, any: size };
  const columns = Object.entries(CATALOGUE).map(([name, spec]: [string, ColumnSpec]) => {
    const shape = (spec.shape ?? ["any"]) as readonly (keyof typeof sizes)[];
    return [
      name,
      fill(
        spec,
        shape.reduce((product, it) => product * sizes[it], 1),
      ),
    ];
  });
  return {
    info: {
      asOfMs: 1_700_000_000_000 + seed,
      seed,
      encoder: { model: "test", dimension: D },
      embedded: posts,
      categories: [{ id: 2, name: "Überraschung" }],
      topicCodes: ["abc"],
      creators: ["ada"],
      confidence: presentConfidence(),
      recency: RECENCY,
      blend: SHIPPED_BLEND,
    },
    ...(Object.fromEntries(columns) as Pick<Model, keyof typeof CATALOGUE>),
    postKeys: Float64Array.from({ length: posts }, (_, row) => 2 ** 40 + row),
    parts: partsOf({ posts, d: D }, {}, size, fill),
  };
}

/** A model of an empty store: no posts, no encoder, nothing rated. */
export function emptyModel(): Model {
  const model = someModel(1, 0, 0);
  return { ...model, info: { ...model.info, encoder: undefined, embedded: 0 } };
}
