/** Mapping of a file's columns to the fields of rows: as told by --map, else guessed by usual names. */
import { isSignal, signalNames } from "../../domain/known-signals.ts";
import { PERCENT } from "../../domain/signals.ts";
import type { Fields } from "../rows/field.ts";
import { ROWS } from "../rows/fields.ts";
import { plainName, type RowName } from "../rows/row.ts";
import { numberIn } from "../rows/value.ts";
import { cellOf, scaled } from "./cell.ts";
import { FileError, type Columns } from "./contract.ts";
import { kindMeant, type KindWords } from "./kind-words.ts";

/** Source of a field's values. */
type Filling =
  | {
      readonly column: string;
      /** Factor of its numbers. */
      readonly times?: number;
      readonly isGuessed: boolean;
    }
  /** A constant value for every row. */
  | { readonly constant: string; readonly isGuessed: boolean };

/** Source of each field, and the columns that fill none. */
type Mapping = {
  readonly fillings: ReadonlyMap<string, Filling>;
  /** Fields without a column in the sample: one of their name may come later in JSON. */
  readonly later: readonly string[];
  readonly leftOver: readonly string[];
};

/**
 * The mapping for `kind` of a file from its first rows. `map` is "field=column,…": "duration_ms=seconds*1000"
 * multiplies, "value=stars/5" makes percent of values out of 5, "kind=" takes the name of a kind too,
 * and nothing stands for "", or for no value where a row can do without.
 *
 * @throws FileError with a map to start from, if a field has no column or could have several.
 */
export function mapColumns(
  path: string,
  kind: RowName,
  sample: readonly Columns[],
  map = "",
): Mapping {
  const columns = [...new Set(sample.flatMap((it) => Object.keys(it)))];
  const fields: Fields = ROWS[kind].fields;
  const fillings = toldFillings(path, fields, columns, map);
  const isFree = (column: string) =>
    ![...fillings.values()].some((it) => "column" in it && it.column === column);
  const problems: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    if (fillings.has(name)) continue;
    const [first, ...others] = usualColumns([name, ...field.columns], columns.filter(isFree));
    const isExact = first !== undefined && plainName(first) === plainName(name);
    if (first !== undefined && others.length > 0 && field.isRequired && !isExact)
      problems.push(`${name} could be ${[first, ...others].join(" or ")}`);
    else if (first !== undefined) fillings.set(name, { column: first, isGuessed: true });
    else {
      const ofSeconds = [name, ...field.columns].flatMap(inSeconds);
      const [column] = usualColumns(ofSeconds, columns.filter(isFree));
      if (column !== undefined) fillings.set(name, { column, times: 1_000, isGuessed: true });
    }
  }
  guessKind(fields, fillings, sample);
  const missing = Object.keys(fields).filter((it) => fields[it]!.isRequired && !fillings.has(it));
  const unexplained = missing.filter((it) => !problems.some((why) => why.startsWith(`${it} `)));
  problems.push(
    ...unexplained.map(
      (it) => `no column has a usual name for ${it} (${fields[it]!.about.slice(0, -1)})`,
    ),
  );
  if (problems.length > 0) {
    const emptied = missing.find((it) => fields[it]!.value.read("", 0) === "");
    const hint = emptied === undefined ? "" : `; ${emptied}= leaves the ${emptied} empty`;
    const proposed = missing.map((it) => `${it}=${it === "kind" ? signalNames()[0] : "COLUMN"}`);
    throw new FileError(
      `${path}: ${problems.join("; ")}. Columns: ${columns.join(", ")}. Add --map ${proposed.join(",")}${hint}`,
    );
  }
  const later = Object.keys(fields).filter((it) => !fillings.has(it) && !columns.includes(it));
  return { fillings, later, leftOver: columns.filter(isFree) };
}

/** Names of columns that have in seconds what those of `name` have in milliseconds. */
function inSeconds(name: string): string[] {
  return name.endsWith("_ms")
    ? ["s", "sec", "secs", "seconds"].map((it) => name.replace(/ms$/, it))
    : [];
}

/** Columns whose names are among the usual ones, in the order of those. */
function usualColumns(usual: readonly string[], columns: readonly string[]): string[] {
  const found = usual.flatMap((it) => columns.filter((name) => plainName(name) === plainName(it)));
  return [...new Set(found)];
}

function toldFillings(
  path: string,
  fields: Fields,
  columns: readonly string[],
  map: string,
): Map<string, Filling> {
  const fillings = new Map<string, Filling>();
  for (const part of map.split(",").filter((it) => it.trim() !== "")) {
    const [, name = "", told = ""] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    if (!Object.hasOwn(fields, name))
      throw new FileError(
        `--map ${part}: expected field=column, with one of the fields ${Object.keys(fields).join(", ")}`,
      );
    const filling = toldFilling(name, columns, told);
    if (filling === undefined)
      throw new FileError(
        `--map ${part}: ${path} has no column ${told}; it has ${columns.join(", ")}`,
      );
    fillings.set(name, filling);
  }
  return fillings;
}

function toldFilling(name: string, columns: readonly string[], told: string): Filling | undefined {
  if (told === "" || (name === "kind" && isSignal(told)))
    return { constant: told, isGuessed: false };
  if (columns.includes(told)) return { column: told, isGuessed: false };
  const [, column = "", sign, digits] = /^(.+)([*/])(\d+(?:\.\d+)?)$/.exec(told) ?? [];
  if (!columns.includes(column) || (sign === "/" && name !== "value")) return undefined;
  const times = sign === "*" ? Number(digits) : PERCENT.max / Number(digits);
  return { column, times, isGuessed: false };
}

/** Scales that ratings often have; what is beyond the last is percent. */
const SCALES = [1, 5, 10];

/** A column of values that is called like a signal holds events of that kind; its scale is the least that fits. */
function guessKind(fields: Fields, fillings: Map<string, Filling>, sample: readonly Columns[]) {
  const value = fillings.get("value");
  if (!("kind" in fields) || value === undefined || !("column" in value)) return;
  const called = signalNames().find((it) => plainName(value.column).startsWith(it));
  if (!fillings.has("kind") && called !== undefined)
    fillings.set("kind", { constant: called, isGuessed: true });
  const kind = fillings.get("kind");
  if (!value.isGuessed || kind === undefined || !("constant" in kind)) return;
  const values = sample
    .map((it) => numberIn(it[value.column]))
    .filter((it) => typeof it === "number");
  const scale = SCALES.find((it) => values.every((value) => value >= 0 && value <= it));
  if (scale !== undefined && values.length > 0)
    fillings.set("value", { ...value, times: PERCENT.max / scale });
}

/** True if every column is called like the field that it fills. */
export function isIdentity({ fillings, leftOver }: Mapping): boolean {
  const isSame = ([name, it]: [string, Filling]) =>
    "column" in it && it.column === name && it.times === undefined;
  return leftOver.length === 0 && [...fillings].every(isSame);
}

/** A function from a row's columns to the object that `readRow` checks; `kinds` are words of the file. */
export function rowMapper(
  kind: RowName,
  { fillings, later }: Mapping,
  kinds: KindWords = new Map(),
) {
  const fields: Fields = ROWS[kind].fields;
  const own = later.map((it): [string, Filling] => [it, { column: it, isGuessed: true }]);
  const all = [...fillings, ...own].map(([name, filling]) => ({
    name,
    filling,
    isRequired: fields[name]!.isRequired,
    fromFile: fields[name]!.value.fromFile,
  }));
  return (columns: Columns): Record<string, unknown> => {
    const row: Record<string, unknown> = {};
    for (const { name, filling, isRequired, fromFile } of all) {
      if ("constant" in filling) {
        if (filling.constant !== "" || isRequired) row[name] = filling.constant;
        continue;
      }
      const given = cellOf(
        name === "kind" ? kindMeant(columns[filling.column], kinds) : columns[filling.column],
      );
      // An empty cell is the absence of a value; of a required one it is "": a title may be empty.
      if (given === undefined || (given === "" && !isRequired)) continue;
      row[name] = fromFile(scaled(given, filling.times));
    }
    return row;
  };
}

const told = (constant: string) => (constant === "" ? "nothing" : `always "${constant}"`);

/** A line for each field, and two for columns and fields left over, to be shown before anything is written. */
export function describeMapping(kind: RowName, { fillings, leftOver }: Mapping): string[] {
  const lines = [...fillings].map(([name, it]) => {
    const from = "column" in it ? it.column : told(it.constant);
    const scale = "column" in it && it.times !== undefined ? ` × ${it.times}` : "";
    return `${name} = ${from}${scale}${it.isGuessed ? " (guessed)" : ""}`;
  });
  if (leftOver.length === 0) return lines;
  const empty = Object.keys(ROWS[kind].fields).filter((it) => !fillings.has(it));
  return [...lines, `not used: ${leftOver.join(", ")}`, `fields without a column: ${empty.join(", ") || "none"}`]; // prettier-ignore
}
