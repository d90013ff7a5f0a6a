/** What a command of the program is. */
import type { Console } from "../app/compose.ts";
import type { Config, Environment } from "../config/settings.ts";
import type { Parse } from "../config/values.ts";

/** What every command is given. */
export type Context = {
  readonly config: Config;
  /** What further processes are started with. */
  readonly env: Environment;
  readonly version: string;
  /** For people: progress and log. */
  readonly out: Console;
  /** For the result: standard output. */
  readonly print: (text: string) => void;
  /** Words after the command's name. */
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | number | boolean | undefined>>;
};

/** What a number on the command line must be. */
export type Limits = { readonly min: number; readonly max: number; readonly integer?: boolean };

/** An option of a command. */
export type Option = {
  /** Such as `"--size <n>"`. */
  readonly syntax: string;
  readonly help: string;
  readonly fallback?: string | number;
  /** Present if its value is one of a few words. */
  readonly choices?: readonly string[];
  /** Present if its value is a number. */
  readonly limits?: Limits;
  /** Present if its value is any other text. */
  readonly parse?: Parse<string>;
};

/** A word after the command's name. */
export type Argument = {
  /** Such as `"<user>"`. */
  readonly syntax: string;
  readonly help: string;
  readonly parse: Parse<string>;
};

/** The words of a command line do not go together; `message` says what would. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** One command; returns the exit code: 0 done, 1 failed. */
export type Command = {
  readonly name: string;
  readonly summary: string;
  readonly args?: readonly Argument[];
  readonly options?: readonly Option[];
  /** It computes in the main thread for seconds, where no handler of a signal would be heard. */
  readonly isDeaf?: boolean;
  readonly run: (context: Context) => Promise<number>;
};
