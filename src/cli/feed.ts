/** `vidrec feed <user>`: what somebody would be served, and why. */
import { openApp } from "../app.ts";
import type { PostId } from "../domain.ts";
import type { Command } from "./command.ts";
import { table } from "./table.ts";

export const feed: Command = {
  name: "feed",
  summary: "print a user's feed with its reasons and trace",
  args: [["<user>", "username or id"]],
  options: [
    ["--project-code <code>", "only posts of this category"],
    ["--mood <mood>", "prefer posts that fit a mood"],
    ["--size <n>", "posts to print", "20"],
  ],
  run: async ({ config, version, out, print, args, options }) => {
    const app = openApp(config, version, out);
    try {
      if (options["mood"] !== undefined || options["projectCode"] !== undefined)
        await app.cycle.encoder();
      const page = await app.service.feed({
        username: args[0]!,
        projectCode: text(options["projectCode"]),
        mood: text(options["mood"]),
        page: 1,
        pageSize: Number(options["size"]),
        list: undefined,
        explain: true,
      });
      if (page === undefined) {
        out.log(
          `there is no snapshot in ${app.place.snapshotsFolder}: run \`vidrec serve\`, or \`vidrec sync\` and \`vidrec learn\``,
        );
        return 1;
      }
      const reasons = page.explain ?? [];
      const titles = await app.store.posts.titles(reasons.map((it) => it.id as PostId));
      const { user, audience, match, fallback, snapshot } = page;
      print(
        `${args[0]}: ${user.known ? `user ${user.id}` : "unknown"}, ${audience}; snapshot ${snapshot}` +
          `${match.length > 0 ? `; match ${match.join(", ")}` : ""}` +
          `${fallback.length > 0 ? `; fallback ${fallback.join(", ")}` : ""}`,
      );
      print(
        table(
          ["", "id", "title", "score", "sources", "because it"],
          reasons.map((it, n) => [
            String(n + 1),
            String(it.id),
            (titles.get(it.id) || "(no title)").slice(0, 60),
            it.score.toFixed(2),
            it.sources.join(" "),
            it.reasons[0] ?? "",
          ]),
        ),
      );
      return 0;
    } finally {
      await app.close();
    }
  },
};

function text(option: string | boolean | undefined): string | undefined {
  return typeof option === "string" && option.trim() !== "" ? option.trim() : undefined;
}
