/** Entry point of the binary: words on the command line → exit code. */
import { version } from "../package.json";
import { openConsole } from "./cli/console.ts";
import { runProgram } from "./cli/program.ts";

process.exitCode = await runProgram({
  argv: process.argv.slice(2),
  env: process.env,
  version,
  out: openConsole(process.stderr, Date.now),
  print: (text) => process.stdout.write(`${text}\n`),
});
process.exit();
