/** `vidrec feed <user>`: prints a user's feed with its reasons and trace. */
import { openApp, type App } from "../app/compose.ts";
import { filled } from "../config/values.ts";
import type { FeedMeta, FeedPage } from "../feed/contract.ts";
import type { Trace } from "../ranking/trace.ts";
import { CommandError, type Command, type Context, type Option } from "./command.ts";
import { oneLine } from "./printable.ts";
import { table } from "./table.ts";

/** The argument that names the asking user. */
export const USER = { syntax: "<user>", help: "username or id", parse: filled };

/** The options that narrow a feed. */
export const INTENT: readonly Option[] = [
  { syntax: "--project-code <code>", help: "only posts of this category", parse: filled },
  { syntax: "--mood <mood>", help: "prefer posts that fit a mood", parse: filled },
];

/** The command. */
export const feed: Command = {
  name: "feed",
  summary: "print a user's feed with its reasons and trace",
  args: [USER],
  options: [
    ...INTENT,
    {
      syntax: "--size <n>",
      help: "posts to print",
      fallback: 20,
      limits: { min: 1, max: 1_000, integer: true },
    },
  ],
  run: async ({ config, version, out, print, args, options }) => {
    await using app = openApp(config, version, out);
    const request = await feedRequest(app, args[0]!, options);
    const pageSize = options["size"] as number;
    const page = await app.service.feed({
      ...request,
      page: 1,
      pageSize,
      list: undefined,
      explain: true,
      isPreview: true,
    });
    if (page === undefined) throw await noSnapshot(app);
    print(headline(request.username, page));
    print(await postTable(app, page));
    if (page.trace) print(traceLines(page.trace));
    return 0;
  },
};

/** The request that a command line makes, of the store as it is now; starts the encoder if words must be encoded. */
export async function feedRequest(app: App, username: string, options: Context["options"]) {
  const { projectCode, mood } = options as Record<string, string | undefined>;
  if (mood !== undefined || projectCode !== undefined) await app.cycle.encoder();
  await app.live.poll();
  return { username, projectCode, mood };
}

/** The error of a command that finds no snapshot. */
export async function noSnapshot({ registry, service, paths }: App): Promise<CommandError> {
  const refused = registry.refused();
  const { waitsFor } = await service.readiness();
  return new CommandError(
    (refused.length > 0 ? refused.join("\n") : waitsFor) ??
      `there is no snapshot in ${paths.snapshotsFolder} yet: run \`vidrec serve\`, or wait until the one that runs has learnt it`,
  );
}

/** A line about the user, the snapshot and how the request was understood. */
export function headline(username: string, meta: FeedMeta): string {
  const { user, audience, match, fallback, snapshot } = meta;
  return [
    `${oneLine(username)}: ${user.known ? `user ${user.id}` : "unknown"}, ${audience}`,
    `snapshot ${snapshot}`,
    ...(match.length > 0 ? [`match ${match.join(", ")}`] : []),
    ...(fallback.length > 0 ? [`fallback ${fallback.join(", ")}`] : []),
  ].join("; ");
}

async function postTable({ store }: App, page: FeedPage): Promise<string> {
  const reasons = page.explain ?? [];
  const keys = await store.ids.postKeys(reasons.map((it) => it.id));
  const titles = await store.posts.titles([...keys.values()]);
  return table(
    ["", "id", "title", "score", "sources", "why"],
    reasons.map((it, n) => [
      String(n + 1),
      it.id,
      titles.get(keys.get(it.id)!) || "(no title)",
      it.score.toFixed(2),
      it.sources.join(" "),
      it.reasons[0] ?? "",
    ]),
  );
}

/** The trace as lines: eligible posts, posts kept out, found and moved. */
function traceLines({ eligible, keptOut, found, moved }: Trace): string {
  const line = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, posts]) => `${name} ${posts}`)
      .join(", ");
  return `eligible: ${eligible}\nkept out: ${line(keptOut)}\nfound: ${line(found)}\nmoved: ${line(moved)}`;
}
