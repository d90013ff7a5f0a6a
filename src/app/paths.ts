/** Paths of a catalogue on disk, and its upstream. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CatalogueName, Config } from "../config/settings.ts";
import { withoutCredentials } from "../config/url.ts";
import type { Upstream } from "../training/jobs/protocol.ts";

/** Folders and files of one catalogue; the demo and an own one have theirs in a folder of that name. */
export type Paths = {
  readonly catalogue: CatalogueName;
  /** Name of the catalogue and the reason for it, in words. */
  readonly why: string;
  readonly folder: string;
  readonly storePath: string;
  /** The served log. */
  readonly servedPath: string;
  readonly snapshotsFolder: string;
  readonly leasePath: string;
  /** Secret of the dashboard's sessions. */
  readonly secretPath: string;
  readonly upstream: Upstream;
};

/** The paths of the catalogue that the settings choose. */
export function pathsOf(config: Config): Paths {
  const catalogue = catalogueOf(config);
  const folder = folderOf(config, catalogue);
  return {
    catalogue,
    why: whyOf(config, catalogue),
    folder,
    storePath: join(folder, "store.db"),
    servedPath: join(folder, "served.db"),
    snapshotsFolder: join(folder, "snapshots"),
    leasePath: join(folder, "lock.db"),
    secretPath: join(folder, "session-secret"),
    upstream: upstreamOf(config, catalogue),
  };
}

/** The paths of the catalogue that files are imported into: that which is served, but the demo only if settings say so. */
export function importPathsOf(config: Config): Paths {
  const paths = pathsOf(config);
  return paths.catalogue === "demo" && config.CATALOGUE === ""
    ? pathsOf({ ...config, CATALOGUE: "own" })
    : paths;
}

function catalogueOf(config: Config): CatalogueName {
  if (config.CATALOGUE !== "") return config.CATALOGUE as CatalogueName;
  if (config.FLIC_TOKEN !== "") return "socialverse";
  return existsSync(join(folderOf(config, "own"), "store.db")) ? "own" : "demo";
}

function folderOf({ DATA_DIR }: Config, catalogue: CatalogueName): string {
  return catalogue === "socialverse" ? DATA_DIR : join(DATA_DIR, catalogue);
}

function whyOf(config: Config, catalogue: CatalogueName): string {
  const setting = config.CATALOGUE === "" ? undefined : `CATALOGUE=${catalogue}`;
  switch (catalogue) {
    case "demo":
      return (
        `${setting ?? "FLIC_TOKEN is not set"}: serving the demo catalogue. \`vidrec import posts FILE\` or ` +
        "CATALOGUE=own makes one of your own, FLIC_TOKEN and RESONANCE_ALGORITHM read Socialverse's."
      );
    case "socialverse":
      return `${setting ?? "FLIC_TOKEN is set"}: serving ${withoutCredentials(config.API_BASE_URL)}`;
    case "own": {
      const folder = folderOf(config, catalogue);
      return `${setting ?? `${folder} exists`}: serving your own catalogue`;
    }
    default:
      return catalogue satisfies never;
  }
}

function upstreamOf(config: Config, catalogue: CatalogueName): Upstream {
  if (catalogue === "demo") return { kind: "demo" };
  if (catalogue === "own") return { kind: "none" };
  return {
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
  };
}
