/** The operator's side of adjusting: what there is, what would change, saving and going back. */
import type { SnapshotRegistry } from "../snapshot-registry.ts";
import type { openAdjusting } from "./adjusting.ts";
import { adjustables } from "./factors.ts";
import type { Adjusting } from "./operator.ts";
import type { listTrier } from "./tried-list.ts";

/** Dependencies of {@link operatorsAdjusting}. */
type AdjustingParts = Pick<Adjusting, "preview"> & {
  readonly adjusting: ReturnType<typeof openAdjusting>;
  readonly registry: Pick<SnapshotRegistry, "current" | "byId">;
  /** Id of the snapshot before one, if there is one. */
  readonly before: (id: string) => string | undefined;
  readonly tryList: ReturnType<typeof listTrier>;
  /** The setting `EXPLORE_SHARE`. */
  readonly exploreShare: number;
};

/** Opens it. */
export function operatorsAdjusting(parts: AdjustingParts): Adjusting {
  const { adjusting, registry, before, tryList, exploreShare, preview } = parts;
  return {
    ...adjusting,
    preview,
    adjustables: () => {
      const model = registry.current()?.ranker.model;
      return model && adjustables(model, exploreShare);
    },
    list: async ({ version, isOlder, ...request }) => {
      const current = registry.current();
      if (current === undefined) return undefined;
      const older = isOlder ? before(current.id) : undefined;
      const snapshot = isOlder ? older && (await registry.byId(older)) : current;
      if (!snapshot) return "snapshot";
      const { history, factors } = await adjusting.state();
      const saved = history.find((it) => it.version === version)?.factors;
      if (version !== undefined && version > 0 && saved === undefined) return "version";
      return tryList(request, snapshot, version === undefined ? factors : saved);
    },
  };
}
