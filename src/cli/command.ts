/** A command of the program: its arguments, its options and its function. */
import type { App, Console } from "../app/compose.ts";
import type { Environment } from "../config/parse.ts";
import type { Config } from "../config/settings.ts";
import type { Parse } from "../config/values.ts";

/** The inputs of a command. */
export type Context = {
  readonly config: Config;
  /** Environment for child processes. */
  readonly env: Environment;
  readonly version: string;
  /** Progress and log lines, on standard error. */
  readonly out: Console;
  /** Prints a result on standard output. */
  readonly print: (text: string) => void;
  /** Arguments after the command's name. */
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | number | boolean | undefined>>;
};

/** Bounds of a number on the command line. */
export type Limits = { readonly min: number; readonly max: number; readonly integer?: boolean };

/** An option of a command. */
export type Option = {
  /** For example `"--size <n>"`. */
  readonly syntax: string;
  readonly help: string;
  readonly fallback?: string | number;
  /** Present if the value is one of a few words. */
  readonly choices?: readonly string[];
  /** Present if the value is a number. */
  readonly limits?: Limits;
  /** Present if the value is any other text. */
  readonly parse?: Parse<string>;
};

/** An argument after the command's name. */
type Argument = {
  /** For example `"<user>"`. */
  readonly syntax: string;
  readonly help: string;
  readonly parse: Parse<string>;
};

/** The arguments and options do not fit together; `message` says which ones do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command can't do its work; `message` says why and what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Takes the lease for a command that syncs or learns. @throws CommandError if another process has it. */
export async function takeLeaseFor(
  command: string,
  { takeLease }: Pick<App, "takeLease">,
): Promise<void> {
  const held = await takeLease(`vidrec ${command}`);
  if (held)
    throw new CommandError(
      `${held.heldBy} syncs and learns here already: wait until it ends, or stop it first (\`vidrec serve\` goes on, and does both at its start and every day)`,
    );
}

/** A command. `run` returns the exit code: 0 for success, 1 for failure. */
export type Command = {
  readonly name: string;
  readonly summary: string;
  readonly args?: readonly Argument[];
  readonly options?: readonly Option[];
  /** True if it blocks the main thread for seconds: a signal handler would not run in time. */
  readonly blocksSignals?: boolean;
  /** True if it first migrates a store that an older build made. */
  readonly migrates?: boolean;
  readonly run: (context: Context) => Promise<number>;
};
