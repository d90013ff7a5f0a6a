/** Parts of the service that `compose.ts` opens. */
import type { Config } from "../config/settings.ts";
import type { Faults } from "../feed/faults.ts";
import type { RunTimes } from "../feed/readiness.ts";
import type { Troubles } from "./follow.ts";
import type { Paths } from "./paths.ts";
import type { openThreads } from "./worker-threads.ts";

export type ServingParts = {
  readonly threads: ReturnType<typeof openThreads>;
  readonly troubles: Troubles;
  readonly faults: Faults;
  readonly paths: Paths;
  readonly runs: RunTimes;
  /** Another process that syncs and learns here and does not serve with this one. */
  readonly otherHolder: () => Promise<string | undefined>;
  readonly config: Config;
  /** Folders that are cut from messages to clients. */
  readonly folders: readonly string[];
  readonly log: (line: string) => void;
  /** The wall clock, Unix epoch milliseconds. */
  readonly nowMs: () => number;
};
