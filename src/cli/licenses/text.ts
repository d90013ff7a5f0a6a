/** The licences, as they were where this was built; from sources, as they are. */
import { gatherLicenses } from "./gather.ts" with { type: "macro" };

export const LICENSES = gatherLicenses();
