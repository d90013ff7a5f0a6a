/** The protocols by name: each a data set, a way to hold something out, and what is counted. */
import { kuaiRand } from "./kuairand.ts";
import { leaveLastOut, ultraGcn } from "./ml-1m.ts";
import { coldPosts, timeSplit } from "./ml-latest-small.ts";
import { sparse } from "./sparse/experiment.ts";
import type { Source, Trial } from "./experiment.ts";

/** A protocol, and what it needs. */
export type Protocol = {
  /** One line for the help. */
  readonly about: string;
  readonly read: (source: Source) => Promise<Trial>;
};

/** Every protocol that is known by a name. */
export const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  P1: { about: "MovieLens-1M, UltraGCN's split: taste without time", read: ultraGcn },
  P2: { about: "MovieLens-1M, the last event of everybody: what comes next", read: leaveLastOut },
  P3: { about: "KuaiRand-Pure, long views of the next week: short videos", read: kuaiRand },
  P4: { about: "ml-latest-small, the newest fifth: a cut in time, newcomers too", read: timeSplit },
  P5: { about: "ml-latest-small, a fifth of the posts without past", read: coldPosts },
  sparse: {
    about: "a made-up store with the shape of the real data, drawn by the seed; needs no folder",
    read: sparse,
  },
};
