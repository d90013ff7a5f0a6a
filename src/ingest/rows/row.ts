/** Rows from JSON values: every field checked by the table, everything else refused. */
import { didYouMean, isAlmost } from "../../domain/typos.ts";
import type { Fields, RowKind, RowOf } from "./field.ts";
import { ROWS } from "./fields.ts";
import { Refusal, expected } from "./refusal.ts";

/** The names of the kinds of row. */
export type RowName = keyof typeof ROWS;
/** A row of a kind, checked: times are Unix milliseconds, a card is its JSON text. */
export type Row<N extends RowName> = RowOf<(typeof ROWS)[N]["fields"]>;
/** Some fields of a row; `null` takes the field away. */
export type Patch<N extends RowName> = {
  readonly [K in keyof Row<N>]?: Row<N>[K] | null;
};

/** A row of `kind` from a JSON value; `nowMs` is the present, Unix milliseconds. */
export function readRow<N extends RowName>(
  kind: N,
  value: unknown,
  nowMs: number,
): Row<N> | Refusal {
  const { fields, required, check } = ROWS[kind] as unknown as RowKind<Fields>;
  const row = fieldsOf(fields, value, nowMs, false);
  if (row instanceof Refusal) return row;
  for (const name of required)
    if (row[name] === undefined)
      return new Refusal(
        name,
        `expected a value, since ${kind} need ${article(name)} ${name}, got nothing`,
      );
  return check?.(row) ?? (row as Row<N>);
}

const { id: _, ...PATCHED } = ROWS.posts.fields;

/** The article of a field's name: "an id", but "a user". */
const article = (name: string) => (/^[aeio]/.test(name) ? "an" : "a");

/** Changes to a post: any of its fields but the id. */
export function readPatch(value: unknown, nowMs: number): Patch<"posts"> | Refusal {
  const row = fieldsOf(PATCHED, value, nowMs, true);
  if (row instanceof Refusal) return row;
  const emptied = ROWS.posts.required.find((name) => row[name] === null);
  if (emptied === undefined) return row as Patch<"posts">;
  return new Refusal(
    emptied,
    `expected a value, since posts need ${article(emptied)} ${emptied}, got null`,
  );
}

/** The values of an object's fields; `null` stands for an absent one, and stays only if `keepsNull`. */
function fieldsOf(
  fields: Fields,
  value: unknown,
  nowMs: number,
  keepsNull: boolean,
): Record<string, unknown> | Refusal {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return expected("an object", value);
  const row: Record<string, unknown> = {};
  for (const name in value) {
    const given = (value as Record<string, unknown>)[name];
    if (!Object.hasOwn(fields, name)) return unknownField(fields, name);
    if (given === undefined || given === null) {
      if (keepsNull) row[name] = null;
      continue;
    }
    const found = fields[name]!.value.read(given, nowMs);
    if (found instanceof Refusal) return new Refusal(name, found.detail);
    row[name] = found;
  }
  return row;
}

function unknownField(fields: Fields, name: string): Refusal {
  const bare = plainName(name);
  const meant = spellingsOf(fields).find(
    ({ known, columns }) => columns.has(bare) || isAlmost(known, bare),
  );
  const known = Object.keys(fields).join(", ");
  return new Refusal(
    name.slice(0, 100).toWellFormed(),
    `expected one of the fields ${known}${didYouMean(meant?.name)}`,
  );
}

type Spellings = { readonly name: string; readonly known: string; readonly columns: Set<string> };
const spellings = new Map<Fields, Spellings[]>();

/** The plain names of fields, made once: a client may send a thousand rows with one typo. */
function spellingsOf(fields: Fields): readonly Spellings[] {
  const made =
    spellings.get(fields) ??
    Object.entries(fields).map(([name, { columns }]) => ({
      name,
      known: plainName(name),
      columns: new Set(columns.map(plainName)),
    }));
  spellings.set(fields, made);
  return made;
}

/** A name without case and punctuation: "Video-ID" and "video_id" are "videoid". */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
