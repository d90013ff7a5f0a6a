/** Kinds of value that fields hold: how each is checked, described and read from a file's text. */
import { ID_MAX_BYTES, idFault } from "../../domain/ids.ts";
import { refusedDepth } from "./depth.ts";
import { isBigNumber, jsonIn, parseJson } from "./json.ts";
import { didYouMean, isAlmost } from "../../domain/typos.ts";
import { expected, refused, type Refusal } from "./refusal.ts";

/** A JSON schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A kind of value. */
export type Value<T> = {
  /** The value as the row holds it; a refusal if it can't be one. `nowMs` is the present, Unix milliseconds. */
  readonly read: (value: unknown, nowMs: number) => T | Refusal;
  /** A value of a file, where everything may be text, as what `read` takes; itself if it can't be one. */
  readonly fromFile: (value: unknown) => unknown;
  /** A value of a row as JSON for apps; as it is without one. */
  toJson?(value: T): unknown;
  readonly schema: JsonSchema;
};

const asIs = (value: unknown) => value;

/** An id: text, or an integer as its digits. */
export const ID: Value<string> = {
  read: (value) => {
    if (isBigNumber(value)) return value.rawJSON;
    const id = Number.isSafeInteger(value) ? String(value) : value;
    if (typeof id !== "string")
      return expected(`text of 1 to ${ID_MAX_BYTES} bytes, or an integer`, value);
    const fault = idFault(id);
    return fault === undefined ? id : refused(`expected an id, but it ${fault}`);
  },
  fromFile: asIs,
  schema: {
    anyOf: [{ type: "string", minLength: 1, maxLength: ID_MAX_BYTES }, { type: "integer" }],
    examples: ["7f3a", 1234],
  },
};

/** Text of at most `lengthMax` characters. Halves of surrogate pairs become U+FFFD. */
export function text(lengthMax: number): Value<string> {
  return {
    read: (value) => {
      if (typeof value !== "string") return expected("text", value);
      if (value.length > lengthMax)
        return refused(
          `expected at most ${lengthMax} characters, got ${value.length}: send the beginning`,
        );
      if (value.includes("\0")) return refused("expected text without the character U+0000");
      return value.toWellFormed();
    },
    fromFile: (value) => (typeof value === "number" ? String(value) : value),
    schema: { type: "string", maxLength: lengthMax },
  };
}

/** A name or a list of names, as a list without empty ones and repetitions; in files parted by `separator`. */
export function names(max: number, lengthMax: number, separator: RegExp): Value<readonly string[]> {
  const name = text(lengthMax);
  return {
    read: (value, nowMs) => {
      const found = new Set<string>();
      for (const it of Array.isArray(value) ? (value as unknown[]) : [value]) {
        const one = name.read(it, nowMs);
        if (typeof one !== "string") return one;
        if (one.trim() !== "") found.add(one.trim());
      }
      return found.size > max
        ? refused(`expected at most ${max} names, got ${found.size}`)
        : [...found];
    },
    fromFile: (value) => (typeof value === "string" ? listIn(value, separator) : value),
    schema: {
      anyOf: [name.schema, { type: "array", items: name.schema, maxItems: max }],
    },
  };
}

function listIn(text: string, separator: RegExp): unknown {
  const list = text.startsWith("[") ? jsonIn(text) : text;
  return typeof list === "string" ? list.split(separator) : list;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Text of a number as the number; anything else as it is. */
export function numberIn(value: unknown): unknown {
  return typeof value === "string" && DECIMAL.test(value.trim()) ? Number(value) : value;
}

/** A number from `min` to `max`, both included. */
export function number(min: number, max: number): Value<number> {
  return {
    read: (value) =>
      typeof value === "number" && value >= min && value <= max
        ? value
        : expected(`a number from ${min} to ${max}`, value),
    fromFile: numberIn,
    schema: { type: "number", minimum: min, maximum: max },
  };
}

/** A duration of 1 ms to `maxMs`; in files 0 stands for one that is not known. */
export function duration(maxMs: number): Value<number> {
  const inMs = number(1, maxMs);
  return { ...inMs, fromFile: (value) => numberIn(value) || undefined };
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ...["true", "t", "yes", "y", "1", "1.0"].map((it) => [it, true] as const),
  ...["false", "f", "no", "n", "0", "0.0"].map((it) => [it, false] as const),
]);

const textOf = (value: unknown) => String(value).trim().toLowerCase();

/** True or false. */
export const FLAG: Value<boolean> = {
  read: (value) => (typeof value === "boolean" ? value : expected("true or false", value)),
  fromFile: (value) => (typeof value === "object" ? value : (FLAGS.get(textOf(value)) ?? value)),
  schema: { type: "boolean" },
};

/** A language tag, such as "en" or "pt-BR". */
export const LANGUAGE: Value<string> = {
  read: (value) =>
    typeof value === "string" && /^[a-z]{2,8}(?:[-_][a-z\d]{1,8}){0,4}$/i.test(value)
      ? value
      : expected('a language tag such as "en" or "pt-BR"', value),
  fromFile: asIs,
  schema: { type: "string", maxLength: 44 },
};

/** One of some names, which may change before the first row is read; files may have other words that mean one. */
export function oneOf<Name extends string>(
  names: () => readonly Name[],
  is: (text: string) => text is Name,
  meant: (word: string) => Name | undefined,
): Value<Name> {
  return {
    read: (value) => (typeof value === "string" && is(value) ? value : unknownName(names(), value)),
    fromFile: (value) =>
      typeof value === "string" ? (meant(value.toLowerCase()) ?? value.toLowerCase()) : value,
    get schema() {
      return { type: "string", enum: names() };
    },
  };
}

/** The refusal of what is none of `known`; one that undoes a name, such as "unlike", has another way. */
function unknownName(known: readonly string[], value: unknown): Refusal {
  const { detail } = expected(`one of ${known.join(", ")}`, value);
  const name = typeof value === "string" ? value.toLowerCase() : "";
  const undone = known.find((it) => UNDOING.test(name) && name.replace(UNDOING, "") === it);
  if (undone === undefined)
    return refused(
      `${detail}${didYouMean(name === "" ? undefined : known.find((it) => isAlmost(it, name)))}`,
    );
  return refused(`${detail}: to take a ${undone} back, send kind ${undone} with value 0`);
}

/** Prefix of a kind that undoes another. */
const UNDOING = /^(?:un|undo|remove|delete|de)[\s_-]?/;

/** Any JSON of at most `bytesMax` bytes, as its text. */
export function json(bytesMax: number): Value<string> {
  return {
    read: (value) => {
      const tooDeep = refusedDepth(value);
      if (tooDeep !== undefined) return tooDeep;
      const written = JSON.stringify(value);
      const bytes = Buffer.byteLength(written);
      return bytes <= bytesMax
        ? written
        : refused(`expected at most ${bytesMax} bytes of JSON, got ${bytes}`);
    },
    fromFile: (value) => (typeof value === "string" ? jsonIn(value) : value),
    toJson: parseJson,
    schema: { description: `Any JSON of at most ${bytesMax} bytes.` },
  };
}
