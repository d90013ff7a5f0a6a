/** Check of the snapshots. */
import pluralize from "pluralize";
import { LAYOUT } from "../../models/models.ts";
import { MADE_AGAIN } from "../../snapshot/manifest.ts";
import { postCount } from "../../snapshot/spare.ts";
import { openNewest } from "../../snapshot/open.ts";
import { fromTheFuture } from "../../data/clock.ts";
import { age, fail, ok, warn, type Check } from "./finding.ts";

const OLD_MS = 2 * 86_400_000;
const part = "snapshot";

/** Reports the newest good snapshot and the faults of damaged ones. */
export const snapshot: Check = {
  part,
  run: async ({ paths, nowMs }) => {
    const { snapshot: newest, refused } = openNewest(paths.snapshotsFolder, LAYOUT);
    const bad = refused.map((it) => (newest === undefined ? fail : warn)(part, it));
    if (newest === undefined && bad.length > 0) return bad;
    if (newest === undefined)
      return [warn(part, "there is none yet: `vidrec serve` or `vidrec learn` makes one")];
    const { info, writtenAtMs } = newest.manifest;
    const posts = postCount(newest.model);
    const disbelieved = fromTheFuture(newest.id, writtenAtMs, nowMs);
    if (disbelieved !== undefined)
      return [...bad, warn(part, `${disbelieved}: set the clock; ${MADE_AGAIN}`)];
    const ago = nowMs - writtenAtMs;
    const message = `${newest.id} is good, ${age(ago)} old: ${pluralize("post", posts, true)}, ${info.embedded} with a vector`;
    const isOld = ago > OLD_MS && paths.catalogue !== "demo";
    const isBlind = info.encoder === undefined && posts > 0;
    const whatToDo = isOld
      ? "; nothing was learnt since: look at the sync, and keep `vidrec serve` running or run `vidrec learn`"
      : isBlind
        ? `; texts do not count in it: ${MADE_AGAIN}`
        : "";
    return [...bad, (whatToDo === "" ? ok : warn)(part, message + whatToDo)];
  },
};
