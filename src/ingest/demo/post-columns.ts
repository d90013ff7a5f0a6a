/** The demo's posts as columns, for simulating viewers. */
import { DAY_MS } from "../../domain/day.ts";
import { DEMO_END_MS, DEMO_START_MS, type DemoPost } from "./catalogue.ts";
import { THEMES } from "./preferences.ts";
import { FORMATS } from "./viewers.ts";

/** Columns of posts, one entry a row. */
export type PostColumns = {
  readonly posts: readonly DemoPost[];
  readonly themeRows: Uint16Array;
  readonly formatRows: Uint8Array;
  readonly rowsOfTheme: readonly (readonly number[])[];
  /** Row of the part that follows, −1 if none does. */
  readonly nextRows: Int32Array;
  /** Visibility of each post on each day, `[days × posts]`. */
  readonly exposure: readonly Float64Array[];
};

/** The columns of some posts. */
export function postColumns(posts: readonly DemoPost[]): PostColumns {
  const rowOf = new Map(posts.map(({ id }, row) => [id, row]));
  const days = Math.ceil((DEMO_END_MS - DEMO_START_MS) / DAY_MS);
  const rows = [...posts.keys()];
  return {
    posts,
    themeRows: Uint16Array.from(posts, ({ theme }) => THEMES.indexOf(theme)),
    formatRows: Uint8Array.from(posts, ({ format }) => FORMATS.indexOf(format)),
    rowsOfTheme: THEMES.map((theme) => rows.filter((row) => posts[row]!.theme === theme)),
    nextRows: Int32Array.from(posts, ({ nextPart }) => rowOf.get(nextPart) ?? -1),
    exposure: Array.from({ length: days }, (_, day) =>
      Float64Array.from(posts, (it) => exposureOf(it, DEMO_START_MS + day * DAY_MS)),
    ),
  };
}

/** A post becomes visible within about two days, and fades to a third over weeks. */
function exposureOf({ appeal, createdAtMs, isLocked, isPublic }: DemoPost, dayMs: number): number {
  const ageDays = (dayMs - createdAtMs) / DAY_MS;
  if (ageDays <= 0 || isLocked || !isPublic) return 0;
  return appeal * (1 - Math.exp(-ageDays / 2)) * (0.35 + Math.exp(-ageDays / 20));
}
