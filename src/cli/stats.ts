/** `vidrec stats`: what became of the posts that were shown. */
import { openApp } from "../app/compose.ts";
import type { Rate } from "../evaluation/wilson.ts";
import type { Outcomes } from "../feed/stats/outcomes.ts";
import { PARTS } from "../feed/stats/tally.ts";
import { STATS_DAYS, type Stats } from "../feed/stats/stats.ts";
import { statsReply } from "../http/render-stats.ts";
import type { Command } from "./command.ts";
import { table } from "./table.ts";

/** The command. */
export const stats: Command = {
  name: "stats",
  summary: "count what became of the posts that were shown, by source, slot, audience and policy",
  options: [
    {
      syntax: "--days <n>",
      help: "of the last so many days",
      fallback: STATS_DAYS,
      limits: { min: 1, max: 366, integer: true },
    },
    { syntax: "--json", help: "print the answer as JSON" },
  ],
  run: async ({ config, version, out, print, options }) => {
    await using app = openApp(config, version, out);
    const answer = await app.service.stats(options["days"] as number);
    const isJson = options["json"] === true;
    print(isJson ? JSON.stringify(statsReply(answer), undefined, 2) : text(answer));
    return 0;
  },
};

function text(answer: Stats): string {
  const { people, pages, total } = answer;
  const since = new Date(answer.sinceMs).toISOString();
  return [
    `since ${since}: ${total.impressions} posts shown on ${pages} pages to ${people} people`,
    "In brackets: 95 % interval in percent (Wilson's, people counted as clusters). Completion is the share watched of plays with a known time and length.",
    "",
    table(["", ...HEAD], [["all", ...cells(total)]]),
    ...PARTS.flatMap((part) => [
      "",
      table([part, ...HEAD], answer[part].map((it) => [it.name, ...cells(it)])), // prettier-ignore
    ]),
  ].join("\n");
}

const HEAD = ["impressions", "plays", "completion", "likes", "skips"];

const cells = ({ impressions, plays, completion, likes, skips }: Outcomes) => [
  String(impressions),
  ...[plays, completion, likes, skips].map(cell),
];

function cell(it: Rate | undefined): string {
  if (it === undefined) return "–";
  const percent = (x: number) => (100 * x).toFixed(1);
  return `${percent(it.rate)}% [${percent(it.low)}–${percent(it.high)}]`;
}
