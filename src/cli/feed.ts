/** `vidrec feed <user>`: what somebody would be served, and why. */
import { openApp, type App } from "../app/compose.ts";
import { filled } from "../config/values.ts";
import type { FeedPage } from "../feed/contract.ts";
import type { Trace } from "../ranking/trace.ts";
import type { Command } from "./command.ts";
import { oneLine } from "./printable.ts";
import { table } from "./table.ts";

export const feed: Command = {
  name: "feed",
  summary: "print a user's feed with its reasons and trace",
  args: [{ syntax: "<user>", help: "username or id", parse: filled }],
  options: [
    { syntax: "--project-code <code>", help: "only posts of this category", parse: filled },
    { syntax: "--mood <mood>", help: "prefer posts that fit a mood", parse: filled },
    {
      syntax: "--size <n>",
      help: "posts to print",
      fallback: 20,
      limits: { min: 1, max: 1_000, integer: true },
    },
  ],
  run: async ({ config, version, out, print, args, options }) => {
    const app = openApp(config, version, out);
    try {
      const username = args[0]!;
      const { projectCode, mood } = options as Record<string, string | undefined>;
      if (mood !== undefined || projectCode !== undefined) await app.cycle.encoder();
      const page = await app.service.feed({
        username,
        projectCode,
        mood,
        page: 1,
        pageSize: options["size"] as number,
        list: undefined,
        explain: true,
      });
      if (page === undefined) {
        const { waitsFor } = await app.service.readiness();
        out.log(
          waitsFor ??
            `there is no snapshot in ${app.place.snapshotsFolder}: run \`vidrec serve\`, or \`vidrec sync\` and \`vidrec learn\``,
        );
        return 1;
      }
      print(headline(username, page));
      print(await postTable(app, page));
      if (page.trace) print(traceLines(page.trace));
      return 0;
    } finally {
      await app[Symbol.asyncDispose]();
    }
  },
};

function headline(username: string, page: FeedPage): string {
  const { user, audience, match, fallback, snapshot } = page;
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
    ["", "id", "title", "score", "sources", "because it"],
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

/** What the sources found, what each reason kept out of the catalogue, and what the selectors moved. */
function traceLines({ eligible, keptOut, found, moved }: Trace): string {
  const line = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, posts]) => `${name} ${posts}`)
      .join(", ");
  return `eligible: ${eligible}\nkept out: ${line(keptOut)}\nfound: ${line(found)}\nmoved: ${line(moved)}`;
}
