/** Drops what the person has touched before, dislikes included. */
import type { Filter } from "../pipeline.ts";

export const seen: Filter = { name: "seen", allowed: (query) => query.unseen() };
