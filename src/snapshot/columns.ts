/** Column registry: name, element type and shape of every column of a snapshot. */

/** Element types a column file may have; all little-endian. */
export const ELEMENTS = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int8Array,
  Uint8Array,
} as const;
/** Name of an element type. */
export type Element = keyof typeof ELEMENTS;
type Arrays = { [E in Element]: (typeof ELEMENTS)[E]["prototype"] };
/** Numbers of one column. */
export type Column = Arrays[Element];

/**
 * A column's element type and shape. A dimension is `posts`, `d` (width of an embedding), a
 * number in the part's `info`, or a number; a column without a shape may have any length.
 */
export type ColumnSpec<E extends Element = Element> = {
  readonly element: E;
  readonly shape?: readonly string[];
  /** True for a column that a snapshot may lack: it is empty there. */
  readonly isOptional?: boolean;
};

/** Columns by name. */
export type ColumnSpecs = Readonly<Record<string, ColumnSpec>>;

/** Arrays that fit some specs. */
export type ColumnsOf<S extends ColumnSpecs> = {
  readonly [K in keyof S]: Arrays[S[K]["element"]];
};

/** Everything one model has learnt: a little JSON and columns. */
export type Part<I = unknown, S extends ColumnSpecs = ColumnSpecs> = {
  readonly info: I;
  readonly columns: ColumnsOf<S>;
};

/** The columns of every model by its name. */
export type Layout = Readonly<Record<string, ColumnSpecs>>;

/** Name and columns of a model's part, and typed access to it. */
type PartSpec<I, S extends ColumnSpecs> = {
  readonly name: string;
  readonly columns: S;
  /** The part in a snapshot that has been opened with this spec, or trained. */
  readonly of: (model: { readonly parts: Readonly<Record<string, Part>> }) => Part<I, S>;
};

/** Declares the part of one model; `I` is the type of its info: `partSpec<Info>()("popular", {…})`. */
export const partSpec =
  <I = Readonly<Record<string, never>>>() =>
  <S extends ColumnSpecs>(name: string, columns: S): PartSpec<I, S> => ({
    name,
    columns,
    of: ({ parts }) => parts[name] as Part<I, S>,
  });

/** A column with a shape, such as `column("Float32Array", "posts", "k")`. */
export const column = <E extends Element>(element: E, ...shape: string[]): ColumnSpec<E> => ({
  element,
  shape,
});

/** A column of any length. */
export const anyLength = <E extends Element>(element: E): ColumnSpec<E> => ({ element });

/** A column that a snapshot may lack. */
export const optional = <E extends Element>(spec: ColumnSpec<E>): ColumnSpec<E> => ({
  ...spec,
  isOptional: true,
});
