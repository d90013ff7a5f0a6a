/** Spare rows of a snapshot: empty rows behind its posts, which posts that come later fill in memory. */
import { HIDDEN, CATALOGUE, type Model } from "./model.ts";
import { ELEMENTS, type Column, type ColumnSpecs, type Layout } from "./columns.ts";

/** Fewest spare rows: a small catalogue may multiply before its first pause in learning is over. */
const SPARE_MIN = 256;
/** Spare rows a post: more than the growth that by default starts a training run (`LEARN_GROWTH_PERCENT`). */
const SPARE_SHARE = 1 / 8;

/** Spare rows for so many posts. */
export const spareRows = (posts: number) => Math.max(SPARE_MIN, Math.ceil(posts * SPARE_SHARE));

/** Number of the posts of a model; its other rows are spare. */
export function postCount({ postKeys }: Pick<Model, "postKeys">): number {
  let [from, to] = [0, postKeys.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (postKeys[middle]! > 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * The model with `spare` rows behind its posts, which nothing serves while they are empty.
 *
 * @param layout  The columns of its parts.
 */
export function withSpareRows(model: Model, layout: Layout, spare: number): Model {
  const posts = model.postKeys.length;
  const sizes = { posts, d: model.info.encoder?.dimension ?? 0 };
  const longer = (specs: ColumnSpecs, columns: object, info: object = {}) =>
    Object.fromEntries(
      Object.entries(specs).map(([name, { shape = [] }]) => {
        const all: Readonly<Record<string, unknown>> = { ...info, ...sizes };
        const sizeOf = (some: readonly string[]) =>
          some.reduce((product, it) => product * Number(all[it] ?? it), 1);
        const at = shape.indexOf("posts");
        const [blocks, width] = [sizeOf(shape.slice(0, at)), sizeOf(shape.slice(at + 1))];
        const column = (columns as Readonly<Record<string, Column>>)[name]!;
        return [name, at < 0 ? column : spread(column, blocks, posts * width, spare * width)];
      }),
    );
  const parts = Object.entries(layout).map(([name, specs]) => {
    const { info, columns } = model.parts[name]!;
    return [name, { info, columns: longer(specs, columns, info as object) }] as const;
  });
  const out = {
    ...model,
    ...(longer(CATALOGUE, model) as Pick<Model, keyof typeof CATALOGUE>),
    parts: Object.fromEntries(parts),
  };
  out.flags.fill(HIDDEN, posts);
  for (const rows of [out.categoryRows, out.topicRows, out.creatorRows]) rows.fill(-1, posts);
  if (model.duplicates.length === 0) return out;
  return { ...out, duplicates: spread(model.duplicates, 1, posts, spare).fill(-1, posts) };
}

/** A column with room for `spare` numbers behind each of its blocks. */
function spread<T extends Column>(column: T, blocks: number, size: number, spare: number): T {
  const out = new ELEMENTS[column.constructor.name as keyof typeof ELEMENTS](
    blocks * (size + spare),
  ) as T;
  for (let block = 0; block < blocks; block++)
    out.set(column.subarray(block * size, (block + 1) * size), block * (size + spare));
  return out;
}
