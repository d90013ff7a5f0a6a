/** Paths of a catalogue on disk, and its upstream. */
import { join } from "node:path";
import type { Config } from "../config/settings.ts";
import type { Upstream } from "../training/jobs/protocol.ts";

/** Folders and files of one catalogue; the demo has its own. */
export type Paths = {
  readonly isDemo: boolean;
  readonly folder: string;
  readonly storePath: string;
  readonly snapshotsFolder: string;
  readonly leasePath: string;
  readonly upstream: Upstream;
};

/** The paths of the configured catalogue: the demo without a token. */
export function pathsOf(config: Config): Paths {
  const isDemo = config.FLIC_TOKEN === "";
  const folder = isDemo ? join(config.DATA_DIR, "demo") : config.DATA_DIR;
  return {
    isDemo,
    folder,
    storePath: join(folder, "store.db"),
    snapshotsFolder: join(folder, "snapshots"),
    leasePath: join(folder, "lock.db"),
    upstream: isDemo
      ? { kind: "demo" }
      : {
          kind: "api",
          baseUrl: config.API_BASE_URL,
          token: config.FLIC_TOKEN,
          resonanceAlgorithm: config.RESONANCE_ALGORITHM,
          limits: {
            replyBytes: config.MAX_REPLY_MB * 1e6,
            pages: config.SYNC_MAX_PAGES,
            rows: config.SYNC_MAX_ROWS,
            timeMs: config.SYNC_MAX_MINUTES * 60_000,
          },
        },
  };
}
