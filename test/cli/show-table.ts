/** Shows a bar with many words, then a table of many columns. */
import { openConsole } from "../../src/cli/console.ts";
import { table } from "../../src/cli/table.ts";

const out = openConsole(process.stderr, Date.now);
out.progress(`stage: ${"many words ".repeat(9)}`, 1, 2);
out.clear();
const head = ["all, 20 people", ...Array.from({ length: 12 }, (_, n) => `recall@${n * 10}`)];
const row = (title: string) => [title, ...head.slice(1).map(() => "0.1234 [0.1111–0.2222]")];
console.log(table(head, [row("朝の習慣".repeat(30)), row("a")]));
