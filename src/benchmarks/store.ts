/** What is stored, as a trial: a part of it held out, the rest learnt from as if it were that moment. */
import { splitBy, type Cut } from "../evaluation/split.ts";
import type { Dataset } from "../training/dataset.ts";
import { datasetBefore } from "../training/past.ts";
import type { Trial } from "./experiment.ts";

/** Cut a dataset; learning cuts the past in the same way again. */
export function storeTrial(data: Dataset, cut: Cut, seed: number): Trial {
  const split = splitBy(cut, data.histories, data.asOfMs, seed);
  const [heldOut, all] = [split.after.postKeys.length, data.histories.postKeys.length];
  const day = new Date(split.asOfMs).toISOString().slice(0, 10);
  const how = {
    time: `time split: the newest ${heldOut} of ${all} interactions held out, after ${day}`,
    last: `leave-last-out: the last post of everybody held out, ${heldOut} of ${all} interactions`,
    random: `random split: ${heldOut} of ${all} interactions held out`,
  };
  const tuned = data.tuning ? "; with settings that were tuned on this store" : "";
  return {
    protocol: how[cut.by] + tuned,
    data: datasetBefore(data, split),
    split,
    inner: cut,
  };
}
