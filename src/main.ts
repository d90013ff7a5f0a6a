/** Entry point of the binary: words on the command line → exit code. */
import { version } from "../package.json";
import { openConsole, openOutput } from "./cli/console.ts";
import { runProgram } from "./cli/program.ts";
import { endOnSignals } from "./cli/signals.ts";
import { addDotenv } from "./config/dotenv.ts";

process.umask(0o077); // what is written is for the owner alone
const output = openOutput(process.stdout);
const out = openConsole(process.stderr, Date.now);
process.exitCode = await runProgram({
  argv: process.argv.slice(2),
  env: () => addDotenv(process.env, ".env", out.log),
  version,
  out,
  print: (text) => {
    out.clear();
    output.print(text);
  },
  handleSignals: () => endOnSignals(out, process.stderr),
});
await output.written();
process.exit();
