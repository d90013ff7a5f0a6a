/** The command line: parses arguments, prints help, runs a command, returns the exit code. */
import {
  Command as Parser,
  CommanderError,
  type Help,
  InvalidArgumentError,
  Option,
} from "commander";
import { upgrade } from "../app/upgrade.ts";
import { ConfigError, type Environment, parseConfig } from "../config/parse.ts";
import { SETTINGS } from "../config/settings.ts";
import { keepPrivate } from "../data/private.ts";
import { withoutCredentials } from "../config/url.ts";
import { number, type Parse } from "../config/values.ts";
import { licenses, openapi, version } from "./about.ts";
import { UsageError, type Command, type Context } from "./command.ts";
import { doctor } from "./doctor.ts";
import { evaluate } from "./evaluate.ts";
import { exportCommand } from "./export.ts";
import { feed } from "./feed.ts";
import { importCommand } from "./import.ts";
import { keys } from "./keys.ts";
import { learn } from "./learn.ts";
import { printable } from "./printable.ts";
import { serve } from "./serve.ts";
import { simulate } from "./simulate.ts";
import { stats } from "./stats.ts";
import { store } from "./store.ts";
import { sync } from "./sync.ts";
import { tune } from "./tune.ts";
import { why } from "./why.ts";

/** All commands, in help order. */
export const COMMANDS: readonly Command[] = [
  serve,
  importCommand,
  exportCommand,
  sync,
  learn,
  feed,
  why,
  stats,
  evaluate,
  simulate,
  tune,
  store,
  keys,
  doctor,
  openapi,
  licenses,
  version,
];

/** Inputs of the program. */
export type Started = Pick<Context, "version" | "out" | "print"> & {
  readonly argv: readonly string[];
  /** Reads the environment. Called only if a command runs: help works with any environment. */
  readonly env: () => Environment;
  /** Installs the signal handlers; before, the system's default ends the program. */
  readonly handleSignals?: () => void;
};

/** Narrowest column into which help text is wrapped, in characters. */
const WORDS_MIN = 10;

/** Exit code of a failure. */
const FAILED = 1;
/** Exit code of wrong usage, settings included. */
const USAGE = 2;

/** Runs the program; returns its exit code. */
export async function runProgram({ argv, env, handleSignals, ...given }: Started): Promise<number> {
  let code = 0;
  const program = new Parser("vidrec")
    .description("Recommendations for short videos, self-hosted.")
    .version(given.version, "-V, --version", "print the version")
    .configureHelp({ minWidthToWrap: WORDS_MIN })
    .addHelpText("after", ({ command }) => settingsHelp(command.createHelp()))
    .configureOutput({
      writeOut: (text) => given.print(text.trimEnd()),
      writeErr: (text) => process.stderr.write(printable(withoutSecrets(text))),
    })
    .showHelpAfterError("run `vidrec --help` to see the commands")
    .exitOverride();
  for (const command of COMMANDS) {
    const parser = parserOf(program, command);
    parser.action(async () => {
      const variables = env(); // may wait: .env can be a pipe that a password manager fills
      if (!command.blocksSignals) handleSignals?.();
      const config = parseConfig(variables);
      keepPrivate(config.DATA_DIR);
      if (command.migrates) await upgrade(config, command.name, given.out);
      code = await command.run({
        ...given,
        config,
        env: variables,
        args: (parser.processedArgs as (string | string[])[]).flat(),
        options: parser.opts(),
      });
    });
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : USAGE;
    given.out.log(cause instanceof Error ? cause.message : String(cause));
    return cause instanceof ConfigError || cause instanceof UsageError ? USAGE : FAILED;
  }
}

function parserOf(program: Parser, { name, summary, args, options }: Command): Parser {
  const parser = program
    .command(name)
    .description(summary)
    .showHelpAfterError(`run \`vidrec ${name} --help\` to see what it takes`);
  for (const { syntax, help, parse } of args ?? [])
    parser.argument(syntax, help, (raw, before?: string[]) =>
      syntax.includes("...") ? [...(before ?? []), valueOf(raw, parse)] : valueOf(raw, parse),
    );
  for (const { syntax, help, fallback, choices, limits, parse } of options ?? []) {
    const option = new Option(syntax, help).default(fallback);
    if (choices) option.choices(choices);
    if (limits) option.argParser((raw) => valueOf(raw, number(limits)));
    if (parse) option.argParser((raw) => valueOf(raw, parse));
    parser.addOption(option);
  }
  return parser;
}

/** @throws InvalidArgumentError */
function valueOf<T>(raw: string, parse: Parse<T>): T {
  const parsed = parse(raw);
  if (parsed.ok) return parsed.value;
  throw new InvalidArgumentError(`Expected ${parsed.expected}.`);
}

/** Commander's message without the credentials of a bad value, which may be a URL. */
function withoutSecrets(message: string): string {
  return message.replace(/(?<=(?:argument|value) ').*(?=' is invalid)/s, withoutCredentials);
}

/** Help on the settings, laid out like commander's options. */
function settingsHelp(help: Help): string {
  help.helpWidth = process.stdout.columns || Number.POSITIVE_INFINITY;
  const termWidth = Math.max(...Object.keys(SETTINGS).map((name) => name.length));
  const lines = Object.entries(SETTINGS).map(([name, { fallback, help: meaning }]) => {
    const shown = fallback === "" ? meaning : `${meaning} (${fallback})`;
    return help.formatItem(name, termWidth, shown, help);
  });
  return ["", "Settings, from the environment or a .env file:", ...lines].join("\n");
}
