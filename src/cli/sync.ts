/** `vidrec sync`: fetches upstream's posts, users and events. */
import { openApp } from "../app/compose.ts";
import { unreadableLines } from "../ingest/socialverse/unreadable.ts";
import { CommandError, takeLeaseFor, type Command } from "./command.ts";
import { oneLine } from "./printable.ts";

export const sync: Command = {
  name: "sync",
  summary: "fetch posts, users and events, unless today's are there",
  migrates: true,
  options: [
    { syntax: "--force", help: "fetch again what was fetched today" },
    {
      syntax: "--accept-removals",
      help: "fetch everything, and withdraw what upstream no longer has, however much it is",
    },
  ],
  run: async ({ config, version, out, print, options }) => {
    await using app = openApp(config, version, out);
    if (app.paths.upstream.kind === "none")
      throw new CommandError(
        `${app.paths.why}, which has no upstream to sync: \`vidrec import\` and POST /posts fill it, \`vidrec learn\` learns it`,
      );
    await takeLeaseFor("sync", app);
    const report = await app.cycle.sync(
      options["force"] === true,
      options["acceptRemovals"] === true,
    );
    if (report.disbelieved !== "") out.log(report.disbelieved);
    for (const it of report.endpoints)
      print(
        `${it.endpoint.padEnd(8)} ${it.status.padEnd(8)} ` +
          (it.status === "skipped"
            ? "read earlier today; --force reads it again"
            : `${it.fetchedRows} rows, ${it.changedRows} new or changed, ${it.withdrawn} withdrawn`) +
          (it.badRows > 0 ? `, ${it.badRows} unreadable` : "") +
          (it.problem ? `\n  ${oneLine(it.problem)}` : "") +
          unreadableLines(it.endpoint, it.fetchedRows, it.unreadable)
            .map((line) => `\n  ${oneLine(line)}`)
            .join(""),
      );
    return report.isComplete ? 0 : 1;
  },
};
