/** What a command of the program is. */
import type { Console } from "../app.ts";
import type { Config } from "../config.ts";

/** What every command is given. */
export type Context = {
  readonly config: Config;
  readonly version: string;
  /** For people: progress and log. */
  readonly out: Console;
  /** For the result: standard output. */
  readonly print: (text: string) => void;
  /** Words after the command's name. */
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
};

/** One command; returns the exit code: 0 done, 1 failed. */
export type Command = {
  readonly name: string;
  readonly summary: string;
  /** Such as `"<user>"`. */
  readonly args?: readonly (readonly [syntax: string, help: string])[];
  readonly options?: readonly (readonly [syntax: string, help: string, fallback?: string])[];
  readonly run: (context: Context) => Promise<number>;
};
