/** The sparse set as a trial: what happened in the last weeks of its year, asked of what went before. */
import { storeTrial } from "../store.ts";
import type { Source, Trial } from "../experiment.ts";
import { sparseDataset } from "./dataset.ts";

/** Share held out: enough people come back to tell models apart, and what is popular is not stale. */
const HELD_OUT = 0.15;

/** Needs no data folder and no encoder: the seed makes posts, people and texts. */
export async function sparse({ seed }: Pick<Source, "seed">): Promise<Trial> {
  return storeTrial(sparseDataset(seed), { by: "time", share: HELD_OUT }, seed);
}
