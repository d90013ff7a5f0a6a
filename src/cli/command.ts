/** What a command of the program is. */
import type { Console } from "../app.ts";
import type { Config, Environment } from "../config.ts";

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
  /** Its value is a web address. */
  readonly isUrl?: boolean;
};

/** One command; returns the exit code: 0 done, 1 failed. */
export type Command = {
  readonly name: string;
  readonly summary: string;
  /** Such as `"<user>"`. */
  readonly args?: readonly (readonly [syntax: string, help: string])[];
  readonly options?: readonly Option[];
  readonly run: (context: Context) => Promise<number>;
};
