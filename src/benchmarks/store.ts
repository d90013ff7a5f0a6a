/** The store as an experiment: part of its events is held out. */
import { splitBy, type Cut } from "../evaluation/split.ts";
import type { Dataset } from "../training/dataset.ts";
import { datasetBefore } from "../training/dataset-before.ts";
import type { Experiment } from "./experiment.ts";

/** Splits a dataset by `cut`. Training splits its part in the same way. */
export function storeExperiment(data: Dataset, cut: Cut, seed: number): Experiment {
  const split = splitBy(cut, data.histories, data.asOfMs, seed);
  const [heldOut, all] = [split.after.postKeys.length, data.histories.postKeys.length];
  const day = new Date(split.asOfMs).toISOString().slice(0, 10);
  const how = {
    time: `time split: the newest ${heldOut} of ${all} events held out, after ${day}`,
    last: `leave-last-out: the last post of everybody held out, ${heldOut} of ${all} events`,
    random: `random split: ${heldOut} of ${all} events held out`,
  };
  const tuned = data.tuning ? "; with settings that were tuned on this store" : "";
  return { protocol: how[cut.by] + tuned, data: datasetBefore(data, split), split, inner: cut };
}
