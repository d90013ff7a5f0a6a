/** `vidrec store`: shows which upstream fills the store, or moves it to another URL. */
import { existsSync } from "node:fs";
import { pathsOf } from "../app/paths.ts";
import { openLease, openStore } from "../data/sqlite/open.ts";
import { withoutCredentials } from "../config/url.ts";
import { httpUrl } from "../config/values.ts";
import { CommandError, type Command } from "./command.ts";

export const store: Command = {
  name: "store",
  summary: "say which upstream fills the store, or move it to another URL of the same API",
  options: [
    { syntax: "--move-to <url>", help: "the API's new URL; what is stored stays", parse: httpUrl },
  ],
  run: async ({ config, print, options }) => {
    const { catalogue, storePath, leasePath } = pathsOf(config);
    const target = options["moveTo"];
    if (!existsSync(storePath))
      throw new CommandError(`there is no ${storePath} yet: run \`vidrec sync\` first`);
    if (typeof target !== "string") {
      using opened = openStore(storePath);
      print(`${storePath} is filled from ${(await opened.meta.filledFrom()) ?? "nowhere yet"}`);
      return 0;
    }
    if (catalogue !== "socialverse")
      throw new CommandError(
        `the ${catalogue} catalogue cannot move: set FLIC_TOKEN and RESONANCE_ALGORITHM first`,
      );
    const lock = await openLease(leasePath).take(`vidrec store (process ${process.pid})`);
    if ("heldBy" in lock)
      throw new CommandError(
        `${lock.heldBy} syncs or learns here: stop it first, since it reads the old URL`,
      );
    try {
      using opened = openStore(storePath);
      const before = (await opened.meta.filledFrom()) ?? "nowhere yet";
      await opened.meta.moveTo(target);
      print(moved(storePath, before, withoutCredentials(target), config.API_BASE_URL));
      return 0;
    } finally {
      await lock.release();
    }
  },
};

function moved(path: string, before: string, after: string, configured: string): string {
  const rest =
    withoutCredentials(configured) === after
      ? "`vidrec sync --force` reads it at once"
      : `set API_BASE_URL=${after}, then start again`;
  return `${path} was filled from ${before}, and belongs to ${after} from now on; ${rest}`;
}
