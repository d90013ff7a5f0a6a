/** `vidrec learn`: encodes new texts, trains, writes a snapshot. */
import pluralize from "pluralize";
import { openApp } from "../app/compose.ts";
import { blendTable, fitsTable } from "./table.ts";
import { CommandError, takeLeaseFor, type Command } from "./command.ts";

export const learn: Command = {
  name: "learn",
  summary: "encode new texts, train on what is stored, write a snapshot",
  migrates: true,
  run: async ({ config, version, out, print }) => {
    await using app = openApp(config, version, out);
    await takeLeaseFor("learn", app);
    if ((await app.store.posts.count()) === 0) {
      const { waitsFor } = await app.service.readiness();
      throw new CommandError(
        waitsFor ??
          `there is nothing to learn from in ${app.paths.folder}: run \`vidrec sync\` first`,
      );
    }
    const encoder = await app.cycle.encoder();
    if (encoder) await app.cycle.backfill();
    else out.log("learning without texts: the encoder could not be loaded");
    const learned = await app.cycle.learn({ encoder, force: true });
    if (learned === undefined) throw new CommandError("nothing was learnt");
    print(
      `snapshot ${learned.snapshot}: ${pluralize("post", learned.posts, true)} (${learned.embedded} with a vector), ` +
        `${pluralize("event", learned.events, true)}, ${learned.seconds.toFixed(1)} s`,
    );
    const info = app.registry.current()?.manifest.info;
    if (info) print(blendTable(info.blend));
    if (info?.fits?.length) print(`\n${fitsTable(info.fits)}`);
    return 0;
  },
};
