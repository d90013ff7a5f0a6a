/** Checks of the store and the last sync. */
import { existsSync } from "node:fs";
import pluralize from "pluralize";
import { isLoopback } from "../../config/values.ts";
import { fromTheFuture } from "../../data/clock.ts";
import type { Store } from "../../data/contract.ts";
import { olderStore, openLease, openStore } from "../../data/sqlite/open.ts";
import { damaged } from "../../data/trouble.ts";
import { DAY_MS } from "../../domain/day.ts";
import { nameOf } from "../../training/jobs/protocol.ts";
import { age, fail, ok, warn, type Check, type Finding } from "./finding.ts";

/** Reports the process that syncs and learns. */
export const lock: Check = {
  part: "lock",
  run: async ({ paths }) => {
    const holder = await openLease(paths.leasePath).holder();
    return [ok("lock", holder ? `held by ${holder}` : "nobody syncs or learns here at the moment")];
  },
};

/** Checks the store's file, its contents and its last sync. */
export const store: Check = {
  part: "store",
  run: async ({ config, paths, nowMs }) => {
    const isOwn = paths.catalogue === "own";
    const nothing = (what: string) => warn("store", `${what}: ${isOwn ? FILLS_OWN : FILLS}`);
    if (!existsSync(paths.storePath)) return [nothing(`there is no ${paths.storePath} yet`)];
    const toMigrate = olderStore(paths.storePath);
    if (toMigrate !== undefined) return [warn("store", toMigrate)];
    using opened = openStore(paths.storePath);
    const damage = await opened.damage();
    if (damage !== undefined) return [fail("store", damaged(paths.storePath, damage))];
    const posts = await opened.posts.count();
    const more = [
      ...(await withoutKeys(opened, config.HOST)),
      ...(await lastScans(opened)),
      ...(await unreadable(opened)),
    ];
    if (posts === 0) return [nothing("no post is stored"), ...more];
    await opened.meta.checkIsFor(nameOf(paths.upstream));
    const users = (await opened.users.profiles()).length;
    const events = await opened.events.count();
    return [
      ok(
        "store",
        `${pluralize("post", posts, true)}, ${pluralize("profile", users, true)} of people, ${pluralize("event", events, true)} in ${paths.storePath}`,
      ),
      ...(isOwn ? [] : [await lastSync(opened, nowMs)]),
      ...more,
    ];
  },
};

const FILLS = "`vidrec serve` or `vidrec sync` fills it";
const FILLS_OWN = "`vidrec import posts FILE` or POST /posts fills it";

/** Warns of a service that other machines can reach, and that no key protects. */
async function withoutKeys({ keys }: Store, host: string): Promise<Finding[]> {
  if (isLoopback(host) || (await keys.any())) return [];
  const how = "`vidrec keys add --scope write --name app` makes a key";
  return [warn("keys", `HOST=${host}, and anybody may read, nobody write: ${how}`)];
}

async function lastSync({ scans }: Store, nowMs: number): Promise<Finding> {
  const last = await scans.lastRun(nowMs);
  const disbelieved = fromTheFuture("the last sync", await scans.newestMs(), nowMs);
  if (disbelieved !== undefined)
    return warn("sync", `${disbelieved}: set the clock, the next sync reads all`);
  if (last === undefined)
    return warn("sync", "no sync has been complete yet: run `vidrec sync` and see what it says");
  const ago = nowMs - last.completedAtMs;
  const message = `complete for ${last.day}, ${age(ago)} ago`;
  return ago < 2 * DAY_MS
    ? ok("sync", message)
    : warn("sync", `${message}: keep \`vidrec serve\` running, or run \`vidrec sync\``);
}

/** Endpoints whose last scan failed, or missed too many rows to be believed. */
async function lastScans({ scans }: Store): Promise<Finding[]> {
  const failed = (await scans.newest()).filter(({ status }) => status === "failed");
  return [
    ...failed.map(({ endpoint, day, message }) =>
      warn(
        "sync",
        `the scan of ${endpoint} on ${day} failed (${message}): the next sync tries again`,
      ),
    ),
    ...(await scans.heldBack()).map(({ endpoint, day, message }) =>
      warn("sync", `the scan of ${endpoint} on ${day} was refused (${message})`),
    ),
  ];
}

/** Rows that the last scans could not read. */
async function unreadable({ scans }: Store): Promise<Finding[]> {
  return (await scans.unreadable()).map(({ endpoint, reason, rows, of }) =>
    warn(
      "sync",
      `${rows} of ${of} ${endpoint}: ${reason}: upstream has to send this field as its contract says (ids are whole numbers from 0)`,
    ),
  );
}
