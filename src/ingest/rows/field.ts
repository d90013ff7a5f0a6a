/** Types of the table of fields, and the type of rows that follows from it. */
import type { Refusal } from "./refusal.ts";
import type { Value } from "./value.ts";

/** A field of a row. */
export type Field<T = unknown> = {
  readonly value: Value<T>;
  readonly isRequired?: true;
  /** A sentence for documentation. */
  readonly about: string;
  /** Names that columns of files often have, the usual one first; case and punctuation do not matter. */
  readonly columns: readonly string[];
};

/** The fields of a kind of row, by name. */
export type Fields = Readonly<Record<string, Field>>;

type ValueOf<F> = F extends { readonly value: Value<infer T> } ? T : never;
type Required<F extends Fields> = {
  [K in keyof F]: F[K] extends { readonly isRequired: true } ? K : never;
}[keyof F];

/** A row whose values are checked and in their final form. */
export type RowOf<F extends Fields> = {
  readonly [K in Required<F>]: ValueOf<F[K]>;
} & { readonly [K in Exclude<keyof F, Required<F>>]?: ValueOf<F[K]> };

/** A kind of row: its fields, and what must hold between them. */
export type RowKind<F extends Fields> = {
  readonly fields: F;
  /** Names of the fields, in the order of the table. */
  readonly names: readonly string[];
  /** Names of those that a row can't do without. */
  readonly required: readonly string[];
  readonly check?: (row: RowOf<F>) => Refusal | undefined;
};
