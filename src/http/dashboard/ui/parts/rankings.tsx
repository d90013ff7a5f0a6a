/** nDCG@20 of rankings as bars with their intervals, and the figures behind them. */
import { Term } from "./term.tsx";
import { Table } from "./table.tsx";
import "./rankings.css";

/** A ranking's nDCG@20, and the ends of its 95 % interval. */
export type Score = {
  readonly name: string;
  readonly ndcg: number;
  readonly low: number;
  readonly high: number;
};

type RankingsProps = {
  readonly rankings: readonly Score[];
  /** Name of the one that stands out. */
  readonly marked: string;
};

/** The bars. */
export function Rankings({ rankings, marked }: RankingsProps) {
  const most = Math.max(...rankings.map(({ high }) => high));
  return (
    <>
      <ul class="scores">
        {rankings.map((it) => (
          <ScoreLine key={it.name} score={it} most={most} isMarked={it.name === marked} />
        ))}
      </ul>
      <p class="note">
        1 would be that what people liked next always leads their lists, 0 that it is never among
        the first 20. The lines are 95 % intervals.
      </p>
      <Table
        summary="Figures"
        head={["Ranking", "nDCG@20", "95 % from", "to"]}
        rows={rankings.map(({ name, ndcg, low, high }) => [
          name,
          ...[ndcg, low, high].map((it) => it.toFixed(4)),
        ])}
      />
    </>
  );
}

type ScoreLineProps = { readonly score: Score; readonly most: number; readonly isMarked: boolean };

function ScoreLine({ score: { name, ndcg, low, high }, most, isMarked }: ScoreLineProps) {
  const at = (value: number) => `${(100 * value) / most}%`;
  return (
    <li class={isMarked ? "is-marked" : ""}>
      <Term word={name} />
      <span class="score-bar" aria-hidden="true">
        <span class="score-value" style={{ width: at(ndcg) }} />
        <span class="score-interval" style={{ left: at(low), width: at(high - low) }} />
      </span>
      <span class="figure">{ndcg.toFixed(3)}</span>
    </li>
  );
}
