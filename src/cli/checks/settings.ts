/** Check of the settings that choose the catalogue. */
import { ok, warn, type Check } from "./finding.ts";

const part = "settings";

/** Says which catalogue the settings choose; their values are checked before any command runs. */
export const settings: Check = {
  part,
  run: async ({ config, paths }) => {
    const isHalfSet = config.RESONANCE_ALGORITHM !== "" && config.FLIC_TOKEN === "";
    if (paths.catalogue !== "demo" || !isHalfSet) return [ok(part, paths.why)];
    const why = "RESONANCE_ALGORITHM is set but FLIC_TOKEN is not, so the demo catalogue is served";
    return [warn(part, `${why}: set both for the real one`)];
  },
};
