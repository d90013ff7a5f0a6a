/** Licence texts, gathered when the program is built. */
import { gatherLicenses } from "./gather.ts" with { type: "macro" };

export const LICENSES = gatherLicenses();
