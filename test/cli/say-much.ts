/**
 * Says a hundred characters a line, and exits as soon as they are written:
 * `bun say-much.ts <print | log> <lines> [pause between them, ms]`.
 */
import { openConsole, openOutput } from "../../src/cli/console.ts";

const [kind, lines, pauseMs = 0] = process.argv.slice(2);
const output = openOutput(process.stdout);
const { log } = openConsole(process.stderr, Date.now);
for (let left = Number(lines); left > 0; left--) {
  (kind === "log" ? log : output.print)("x".repeat(99));
  if (pauseMs) await Bun.sleep(Number(pauseMs));
}
await output.written();
process.exit();
