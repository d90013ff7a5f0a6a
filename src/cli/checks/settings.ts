/** Check of the settings that choose the catalogue. */
import { withoutCredentials } from "../../config/url.ts";
import type { Check } from "./finding.ts";

const about = "settings";

/** Says which catalogue the settings choose; their values are checked before any command runs. */
export const settings: Check = {
  about,
  look: async ({ config, paths }) => {
    if (!paths.isDemo)
      return [
        {
          verdict: "ok",
          about,
          said: `FLIC_TOKEN is set: ${withoutCredentials(config.API_BASE_URL)} is served`,
        },
      ];
    if (config.RESONANCE_ALGORITHM !== "")
      return [
        {
          verdict: "warn",
          about,
          said: "RESONANCE_ALGORITHM is set but FLIC_TOKEN is not, so the demo catalogue is served: set both for the real one",
        },
      ];
    const said =
      "the demo catalogue is served: set FLIC_TOKEN and RESONANCE_ALGORITHM for the real one";
    return [{ verdict: "ok", about, said }];
  },
};
