/** Parts of models made by hand: by default of zeros, or empty where a size is not known. */
import { ELEMENTS, type Column, type ColumnSpec, type Part } from "../../src/snapshot/columns.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { LAYOUT } from "../../src/models/models.ts";

type Sizes = Readonly<Record<string, number>>;
type Fill = (spec: ColumnSpec, length: number) => Column;
const zeros: Fill = ({ element }, length) => new ELEMENTS[element](length);

/**
 * The parts that are given, and of every other model one of zeros.
 *
 * @param sizes  Of `posts` and `d`.
 * @param otherSize  Of every other dimension.
 */
export function partsOf(
  sizes: Sizes,
  given: Readonly<Record<string, Part>> = {},
  otherSize = 0,
  fill = zeros,
): Record<string, Part> {
  const plain = Object.entries(LAYOUT).map(([name, specs]) => {
    const shapes = Object.values(specs).flatMap(({ shape }) => shape ?? []);
    const own = shapes.filter((it) => !(it in sizes) && Number.isNaN(Number(it)));
    const info = Object.fromEntries(own.map((it) => [it, otherSize]));
    const all: Sizes = { ...info, ...sizes };
    const length = ({ shape = ["any"] }: ColumnSpec) =>
      shape.reduce((product, it) => product * (all[it] ?? (Number(it) || otherSize)), 1);
    const columns = Object.entries(specs).map(([it, spec]) => [it, fill(spec, length(spec))]);
    return [name, { info, columns: Object.fromEntries(columns) }];
  });
  return { ...Object.fromEntries(plain), ...given };
}

/** The model with other columns in one of its parts. */
export function withColumns(
  model: Model,
  { name }: { readonly name: string },
  columns: Part["columns"],
  info = {},
): Model {
  const before = model.parts[name]!;
  const after = { info: { ...(before.info as object), ...info }, columns: { ...before.columns, ...columns } }; // prettier-ignore
  return { ...model, parts: { ...model.parts, [name]: after } };
}
