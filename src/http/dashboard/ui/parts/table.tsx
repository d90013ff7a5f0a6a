/** Tables: plain, or folded behind a word. */
import type { ComponentChildren } from "preact";

type Cells = readonly ComponentChildren[];
type TableProps = {
  readonly head: Cells;
  readonly rows: readonly Cells[];
  /** Word that opens the table; without one it stands open. */
  readonly summary?: string;
  readonly caption?: string;
  /** The column that rows are sorted by. */
  readonly sorted?: { readonly at: number; readonly ascending: boolean };
};

/** A table; it scrolls sideways where it is too wide. */
export function Table({ head, rows, summary, caption, sorted }: TableProps) {
  const table = (
    <div class="table" tabIndex={0} role="region" aria-label={caption ?? summary ?? "Table"}>
      <table>
        {caption && <caption>{caption}</caption>}
        <thead>
          <tr>
            {head.map((it, n) => (
              <th
                key={n}
                scope="col"
                aria-sort={
                  sorted?.at !== n ? undefined : sorted.ascending ? "ascending" : "descending"
                }
              >
                {it}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, n) => (
            <tr key={n}>
              {row.map((it, m) =>
                m === 0 ? (
                  <th key={m} scope="row">
                    {it}
                  </th>
                ) : (
                  <td key={m}>{it}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  if (summary === undefined) return table;
  return (
    <details>
      <summary>{summary}</summary>
      {table}
    </details>
  );
}
