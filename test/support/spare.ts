/** A model with spare rows, as it is read from a snapshot. */
import type { Column, Layout } from "../../src/snapshot/columns.ts";
import type { Model } from "../../src/snapshot/model.ts";
import { padding } from "../../src/snapshot/spare.ts";

/** The model with `spare` rows behind its posts, in memory. */
export function withSpareRows(model: Model, layout: Layout, spare: number): Model {
  const pad = padding(model, layout, spare);
  const padded = (columns: object, prefix = "") =>
    Object.fromEntries(
      Object.entries(columns as Readonly<Record<string, Column>>).map(([name, column]) => [
        name,
        pad(prefix + name, column),
      ]),
    );
  const { info, parts, ...columns } = model;
  const later = Object.entries(parts).map(([name, it]) => [
    name,
    { info: it.info, columns: padded(it.columns, `${name}.`) },
  ]);
  return { info, ...(padded(columns) as typeof columns), parts: Object.fromEntries(later) };
}
