/** vidrec as somebody types it, in this process: for what needs no store. */
import { spyOn } from "bun:test";
import { runProgram } from "../../src/cli/program.ts";

/** Run a command line; what it came to, what it printed and what it told its operator. */
export async function run(argv: readonly string[], env: Record<string, string> = {}) {
  const [printed, logged]: [string[], string[]] = [[], []];
  // Wrong usage is said by the parser of the command line itself.
  using stderr = spyOn(process.stderr, "write").mockImplementation(
    (text) => logged.push(String(text)) > 0,
  );
  const code = await runProgram({
    argv,
    env: () => env,
    version: "1.2.3",
    out: { log: (line) => logged.push(line), progress: () => {} },
    print: (text) => printed.push(text),
  });
  stderr.mockRestore();
  return { code, printed: printed.join("\n"), logged: logged.join("\n") };
}
