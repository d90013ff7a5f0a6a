/** Conversion between a model and column files, named `<column>` in the catalogue and `<part>.<column>` in a part. */
import { ELEMENTS, type Column, type ColumnSpecs, type Layout, type Part } from "./columns.ts";
import { MADE_AGAIN, SnapshotError, type Manifest } from "./manifest.ts";
import { CATALOGUE, type Model } from "./model.ts";

const NAMES = Object.keys(CATALOGUE) as (keyof typeof CATALOGUE)[];

/** Every column of a model by file name. */
export function columnsOf(model: Model): Map<string, Column> {
  const columns = new Map<string, Column>(NAMES.map((name) => [name, model[name]]));
  for (const [part, it] of Object.entries(model.parts))
    for (const [name, column] of Object.entries(it.columns)) columns.set(`${part}.${name}`, column);
  return columns;
}

/**
 * A model from its columns.
 *
 * @param layout  The parts that it must have.
 * @throws SnapshotError if a column is missing or does not have the shape that its spec says.
 */
export function modelFrom(
  manifest: Manifest,
  files: ReadonlyMap<string, Column>,
  layout: Layout,
): Model {
  const { id, info } = manifest;
  const sizes = { posts: files.get("postKeys")?.length, d: info.encoder?.dimension ?? 0 };

  /** The columns of one part, or of the catalogue. */
  const checkedColumns = (specs: ColumnSpecs, prefix = "", dimensions: object = {}) => {
    const all: Readonly<Record<string, unknown>> = { ...dimensions, ...sizes };
    const entries = Object.entries(specs).map(([name, { element, shape, isOptional }]) => {
      const none = isOptional ? new ELEMENTS[element](0) : undefined;
      const column = files.get(prefix + name) ?? none;
      const length = shape?.reduce((product, it) => product * Number(all[it] ?? it), 1);
      if (!(column instanceof ELEMENTS[element]) || column.length !== (length ?? column.length))
        throw new SnapshotError(
          `snapshot ${id}: ${prefix}${name} is not a ${element} of ${length ?? "any number of"} entries; ${MADE_AGAIN}`,
        );
      return [name, column] as const;
    });
    return Object.fromEntries(entries);
  };
  const partOf = (name: string, specs: ColumnSpecs): Part => {
    const partInfo = manifest.parts[name] ?? {};
    return { info: partInfo, columns: checkedColumns(specs, `${name}.`, partInfo) };
  };
  return {
    info,
    ...(checkedColumns(CATALOGUE) as Pick<Model, keyof typeof CATALOGUE>),
    parts: Object.fromEntries(Object.entries(layout).map(([name, it]) => [name, partOf(name, it)])),
  };
}
