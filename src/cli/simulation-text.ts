/** A simulation's report as tables for a terminal. */
import type { PolicyRow } from "../benchmarks/simulator/report.ts";
import { withInterval } from "./figures.ts";
import { table } from "./table.ts";

/** The policies, what people saw, and by how much the last one wins. */
export function simulationText(rows: readonly PolicyRow[]): string {
  const head = ["policy", "finished a viewer and day", "completion", "likes", "changes of category", "new creators", "repeats", "first day of a new post"]; // prettier-ignore
  const lines = rows.map((it) => [
    it.policy,
    withInterval(it.reward, 2),
    ...[it.completion, it.likes, it.diversity, it.newCreators, it.repeats].map(percent),
    `${it.firstDay} showings`,
  ]);
  const last = rows.at(-1)!;
  const wins = rows.slice(0, -1).map(
    ({ policy, reward, lastLess }) =>
      `${last.policy} minus ${policy}: ${withInterval(lastLess, 2)} finished videos a viewer and day, ${percent(lastLess.mean / reward.mean)}`, // prettier-ignore
  );
  return `${table(head, lines)}\n\n${wins.join("\n")}`;
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
