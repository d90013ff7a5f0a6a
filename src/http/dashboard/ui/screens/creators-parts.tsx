/** Parts that the screens of creators share: the choice of days, pages of a list, bars, what to do. */
import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { pathOf } from "../api.ts";
import { count } from "../parts/words.ts";
import { SelectField } from "../parts/select-field.tsx";

/** Spans that are offered, days, and the one that is chosen at first. */
const SPANS = [1, 7, 30];
const DAYS = 7;
/** Entries of a page. */
export const LIMIT = 10;

/** The query of the address, and a function that changes some of it. */
export function useQuery() {
  const { query, path, route } = useLocation();
  const change = (changed: Readonly<Record<string, string | number | boolean | undefined>>) =>
    route(pathOf(path, { ...query, ...changed }), true);
  return [query, change] as const;
}

/** The days that the address names. */
export const useDays = (): number => Number(useLocation().query["days"]) || DAYS;

/** Choice of the days that figures are of. */
export function DaysChoice() {
  const [days, [, change]] = [useDays(), useQuery()];
  const spans = [...new Set([...SPANS, days])].sort((a, b) => a - b);
  return (
    <SelectField
      label="Last"
      class="days-choice"
      value={days}
      options={spans.map((it) => [it, it === 1 ? "day" : `${it} days`])}
      onChange={(it) => change({ days: it, offset: undefined })}
    />
  );
}

/** Path of a creator's page. */
export const creatorPath = (id: string, days: number): string =>
  pathOf(`/dashboard/creators/${encodeURIComponent(id)}`, { days });

/** Path of the inspector's answer to why a post is on a newcomer's list or not. */
export const whyPath = (post: string): string => pathOf("/dashboard/feeds", { post });

type PagesProps = {
  readonly offset: number;
  readonly total: number;
  readonly onChange: (offset: number) => void;
};

/** Range of a list that is shown, with buttons to the next and the previous one. */
export function Pages({ offset, total, onChange }: PagesProps) {
  const last = Math.min(total, offset + LIMIT);
  return (
    <div class="actions creators-pages">
      <span class="note" role="status">
        {total > 0 && `${count(offset + 1)} to ${count(last)} of ${count(total)}`}
      </span>
      <button
        type="button"
        class="plain"
        disabled={offset === 0}
        onClick={() => onChange(Math.max(0, offset - LIMIT))}
      >
        Previous
      </button>
      <button
        type="button"
        class="plain"
        disabled={last >= total}
        onClick={() => onChange(offset + LIMIT)}
      >
        Next
      </button>
    </div>
  );
}

/** A bar beside a figure that says the same. */
export const Bar = ({ share }: { readonly share: number }) => (
  <span class="creators-bar" aria-hidden="true">
    <span style={{ width: `${100 * share}%` }} />
  </span>
);

/** Advice. */
export const ToDo = ({ children }: { readonly children: ComponentChildren }) => (
  <p class="to-do">
    <strong>What to do</strong> {children}
  </p>
);

/** A number with its noun: "1 post", "2 posts". */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;
