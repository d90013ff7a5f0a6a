/** Sequence kNN as a model: posts that came next after recent histories similar to the person's. */
import { anyLength, column, partSpec } from "../../snapshot/columns.ts";
import { remembered, rememberedIn, type ModelSpec, type Request } from "../contract.ts";
import { collaborativePart } from "../ials/model.ts";
import type { Person } from "../person.ts";
import { byColumn, firstEligible } from "../pick.ts";
import { clusterSteps } from "./ivf.ts";
import { project } from "./directions.ts";
import { SEQUENCE_KNN, stepTable } from "./sequence-knn.ts";
import { votesFor } from "./votes.ts";

type Info = {
  /** Decay of each block of a state from one post to the next older one. */
  readonly decays: readonly number[];
  readonly blocks: number;
  /** Columns of the vectors whose sums are states. */
  readonly k: number;
  /** k; 0 if the vectors are the factors of iALS, which are not written twice. */
  readonly ownK: number;
  /** Numbers of a state. */
  readonly width: number;
  readonly steps: number;
  readonly lists: number;
};

/** `vectors`: of posts; their sums are states, with these principal `directions`. The others as in {@link clusterSteps}. */
export const sequenceKnnPart = partSpec<Info>()("sequence-knn", {
  vectors: column("Float32Array", "posts", "ownK"),
  directions: column("Float32Array", "blocks", "k", "width"),
  states: column("Int8Array", "steps", "width"),
  next: column("Int32Array", "steps", "2"),
  centroids: column("Int8Array", "lists", "width"),
  starts: anyLength("Uint32Array"),
});

const votesIn = rememberedIn<Person, ReturnType<typeof votesFor>>();

/** @see stepTable */
export const sequenceKnn: ModelSpec = {
  ...sequenceKnnPart,
  train: async (view) => {
    const { kernel, seed, sequences } = view;
    const { info: ials, columns: { postFactors } } = collaborativePart.of(view); // prettier-ignore
    const { decays } = SEQUENCE_KNN;
    const k = Math.min(ials.k, SEQUENCE_KNN.k);
    const vectors = await project(postFactors, ials.k, k, kernel);
    const { directions, ...table } = await stepTable(
      sequences,
      { vectors, k },
      SEQUENCE_KNN,
      kernel,
    );
    const columns = await clusterSteps(table, kernel, seed);
    const isOwn = vectors !== postFactors;
    const info: Info = {
      decays,
      blocks: decays.length,
      k,
      ownK: isOwn ? k : 0,
      width: directions.length / (decays.length * k),
      steps: columns.next.length / 2,
      lists: Math.max(0, columns.starts.length - 1),
    };
    const own = isOwn ? vectors : new Float32Array(0);
    return { info, columns: { ...columns, vectors: own, directions } };
  },
  *serve({ model }) {
    const { info, columns } = sequenceKnnPart.of(model);
    const vectors =
      info.ownK > 0 ? columns.vectors : collaborativePart.of(model).columns.postFactors;
    const votes = votesIn(columns, (person) => votesFor(person, { ...columns, vectors }, info));
    const everywhere = remembered(({ arrays, person }: Request) => {
      const column = arrays.floats(model.postKeys.length).fill(0);
      const { rows, weights } = votes(person);
      for (let n = 0; n < rows.length; n++) column[rows[n]!] = weights[n]!;
      return column;
    });
    return {
      ...byColumn(everywhere),
      // All are returned: there are a few hundred votes at most.
      retrieve: (request) => firstEligible(request, votes(request.person).rows, Infinity),
    };
  },
  weights: [0, 0.2, 0.3, 0.3],
  isPersonal: true,
  about:
    "Order: what came next for the people whose newest likes resemble these most (sequence kNN).",
  words: "came next for people whose last likes resemble yours",
};
