/** From words on a command line to a command, its help and its exit code. */
import { Command as Parser, CommanderError } from "commander";
import { ConfigError, parseConfig, SETTINGS } from "../config.ts";
import type { Command, Context } from "./command.ts";
import { feed } from "./feed.ts";
import { learn } from "./learn.ts";
import { openapi } from "./openapi.ts";
import { serve } from "./serve.ts";
import { sync } from "./sync.ts";
import { version } from "./version.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [serve, sync, learn, feed, openapi, version];

/** What a program is started with. */
export type Started = Pick<Context, "version" | "out" | "print"> & {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Exit codes: done, failed, wrong usage (settings included). */
const [FAILED, USAGE] = [1, 2];

/** Run the program; returns its exit code. */
export async function runProgram({ argv, env, ...given }: Started): Promise<number> {
  let code = 0;
  const program = new Parser("vidrec")
    .description("Recommendations for short videos, self-hosted.")
    .version(given.version, "-V, --version", "print the version")
    .addHelpText("after", settingsHelp)
    .configureOutput({ writeOut: (text) => given.print(text.trimEnd()) })
    .exitOverride();
  for (const command of COMMANDS) {
    const parser = program.command(command.name).description(command.summary).exitOverride();
    parser.configureOutput({ writeOut: (text) => given.print(text.trimEnd()) });
    for (const [syntax, help] of command.args ?? []) parser.argument(syntax, help);
    for (const [syntax, help, fallback] of command.options ?? [])
      parser.option(syntax, help, fallback);
    parser.action(async () => {
      const config = parseConfig(env);
      code = await command.run({ ...given, config, args: parser.args, options: parser.opts() });
    });
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : USAGE;
    given.out.log(cause instanceof Error ? cause.message : String(cause));
    return cause instanceof ConfigError ? USAGE : FAILED;
  }
}

function settingsHelp(): string {
  const lines = Object.entries(SETTINGS).map(([name, { fallback, help }]) => {
    const shown = fallback === "" ? "" : ` (${fallback})`;
    return `  ${name.padEnd(20)} ${help}${shown}`;
  });
  return ["", "Settings, from the environment or a .env file:", ...lines].join("\n");
}
