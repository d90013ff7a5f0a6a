/** Entry point of the binary: words on the command line → exit code. */
import { version } from "../package.json";
import { openConsole, openOutput } from "./cli/console.ts";
import { runProgram } from "./cli/program.ts";
import { addDotenv } from "./dotenv.ts";

process.umask(0o077); // what is written is for the owner alone
const output = openOutput(process.stdout);
process.exitCode = await runProgram({
  argv: process.argv.slice(2),
  env: () => addDotenv(process.env, ".env"),
  version,
  out: openConsole(process.stderr, Date.now),
  print: output.print,
});
await output.written();
process.exit();
