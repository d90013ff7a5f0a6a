/** The operator's side of adjusting: what there is, what would change, saving and going back. */
import type { SnapshotRegistry } from "../snapshot-registry.ts";
import type { openAdjusting } from "./adjusting.ts";
import { adjustables } from "./factors.ts";
import type { Adjusting } from "./operator.ts";

/** Opens it; `exploreShare` is the setting `EXPLORE_SHARE`. */
export const operatorsAdjusting = (
  adjusting: ReturnType<typeof openAdjusting>,
  registry: Pick<SnapshotRegistry, "current">,
  preview: Adjusting["preview"],
  exploreShare: number,
): Adjusting => ({
  ...adjusting,
  preview,
  adjustables: () => {
    const model = registry.current()?.ranker.model;
    return model && adjustables(model, exploreShare);
  },
});
