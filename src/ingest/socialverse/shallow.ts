/** Foreign JSON, cut where it nests too deeply: no recursion over it can run out of stack. */

/** Levels that are kept; a reply of upstream's has about ten. */
const DEPTH_MAX = 100;

/** `value` without what lies deeper than {@link DEPTH_MAX}: empty there. Changed in place. */
export function shallow<T>(value: T, depth = 0): T {
  for (const it of Object.values(value ?? {})) {
    if (typeof it !== "object" || it === null) continue;
    if (depth < DEPTH_MAX) shallow(it, depth + 1);
    else if (Array.isArray(it)) it.length = 0;
    else for (const key of Object.keys(it)) delete (it as Record<string, unknown>)[key];
  }
  return value;
}
