/** Spare rows of a snapshot: empty rows behind its posts, which posts that come later fill in memory. */
import { SPARE, CATALOGUE, type Model } from "./model.ts";
import { ELEMENTS, type Column, type ColumnSpecs, type Element, type Layout } from "./columns.ts";

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

/** Numbers in spare rows of a column, where that is not 0: nothing serves such a row. */
const EMPTY: Readonly<Record<string, number>> = {
  flags: SPARE,
  duplicates: -1,
  categoryRows: -1,
  topicRows: -1,
  creatorRows: -1,
};

/**
 * A function that adds `spare` rows to a column of `model`, given by its name in `columnsOf`.
 *
 * @param layout  The columns of its parts.
 */
export function padding(model: Model, layout: Layout, spare: number) {
  const posts = model.postKeys.length;
  const sizes = { posts, d: model.info.encoder?.dimension ?? 0 };
  return (name: string, column: Column): Column => {
    const [part, own] = name.includes(".") ? name.split(".", 2) : [undefined, name];
    const specs: ColumnSpecs | undefined = part === undefined ? CATALOGUE : layout[part];
    const shape = own === "duplicates" && column.length > 0 ? ["posts"] : specs?.[own!]?.shape;
    const at = shape?.indexOf("posts") ?? -1;
    if (shape === undefined || at < 0) return column;
    const info = part === undefined ? {} : (model.parts[part]!.info as object);
    const all: Readonly<Record<string, unknown>> = { ...info, ...sizes };
    const sizeOf = (some: readonly string[]) =>
      some.reduce((product, it) => product * Number(all[it] ?? it), 1);
    const [blocks, width] = [sizeOf(shape.slice(0, at)), sizeOf(shape.slice(at + 1))];
    return spread(column, blocks, posts * width, spare * width, EMPTY[name]);
  };
}

/** A column with room for `spare` numbers behind each of its blocks. */
function spread(column: Column, blocks: number, size: number, spare: number, empty = 0): Column {
  const out = new ELEMENTS[column.constructor.name as Element](blocks * (size + spare));
  out.fill(empty);
  for (let block = 0; block < blocks; block++)
    out.set(column.subarray(block * size, (block + 1) * size), block * (size + spare));
  return out;
}
