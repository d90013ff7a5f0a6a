/** Posts whose texts resemble one of the person's interests. */
import type { Source } from "../pipeline.ts";
import { nearTo } from "./near.ts";

/** Posts each interest brings. */
const PER_INTEREST = 150;

export const similar: Source = {
  name: "similar",
  retrieve: (query) => {
    const { liked } = query.interests();
    const d = query.model.info.encoder?.dimension ?? 1;
    const found = new Set<number>();
    for (let at = 0; at < liked.length; at += d) {
      const interest = liked.subarray(at, at + d);
      for (const row of nearTo(query, interest, PER_INTEREST)) found.add(row);
    }
    return Uint32Array.from(found);
  },
};
