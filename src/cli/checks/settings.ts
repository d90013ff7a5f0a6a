/** Check of the settings that choose the catalogue. */
import { withoutCredentials } from "../../config/url.ts";
import { ok, warn, type Check } from "./finding.ts";

const part = "settings";
const DEMO = "the demo catalogue is served";

/** Says which catalogue the settings choose; their values are checked before any command runs. */
export const settings: Check = {
  part,
  run: async ({ config, paths }) => {
    if (!paths.isDemo)
      return [ok(part, `FLIC_TOKEN is set: ${withoutCredentials(config.API_BASE_URL)} is served`)];
    if (config.RESONANCE_ALGORITHM === "")
      return [ok(part, `${DEMO}: set FLIC_TOKEN and RESONANCE_ALGORITHM for the real one`)];
    const why = `RESONANCE_ALGORITHM is set but FLIC_TOKEN is not, so ${DEMO}`;
    return [warn(part, `${why}: set both for the real one`)];
  },
};
