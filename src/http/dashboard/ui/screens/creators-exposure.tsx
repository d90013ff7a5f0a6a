/** Exposure over creators: figures, a sentence, and the Lorenz curve. */
import type { Health } from "../../../routes/catalogue-health.ts";
import { useMemo } from "preact/hooks";
import { Chart } from "../parts/chart.tsx";
import { Card, Stat } from "../parts/screen.tsx";
import { Term } from "../parts/term.tsx";
import { count, percent } from "../parts/words.ts";

type Of = { readonly health: Health };

/** The figures and what they say. */
export function Figures({ health }: Of) {
  const it = health.creators;
  const figure = (words: (creators: Health["creators"]) => string) =>
    health.impressions > 0 ? words(it) : "–";
  return (
    <Card title="Exposure" note={`counted ${health.until.slice(11, 16)} UTC`}>
      <p class="exposure-words">{wordsOf(health)}</p>
      <dl class="stats">
        <Stat
          name="Posts shown"
          value={figure(() => count(health.impressions))}
          note={
            health.unattributed > 0
              ? `${count(health.unattributed)} of no known creator`
              : undefined
          }
        />
        <Stat
          name="Creators shown"
          value={figure(({ shown, count: all }) => `${count(shown)} of ${count(all)}`)}
        />
        <Stat
          name="Top tenth has"
          value={figure(({ top_tenth }) => percent(top_tenth.share, 0))}
          note="of their impressions"
        />
        <Stat
          name="Half goes to"
          value={figure(({ half }) => count(half))}
          note={it.half === 1 ? "creator" : "creators"}
        />
        <Stat
          name="Gini"
          value={figure(({ gini }) => gini.toFixed(2))}
          note="0 even, 1 one has all"
        />
      </dl>
    </Card>
  );
}

function wordsOf(health: Health): string {
  if (health.impressions === 0)
    return "Nobody was shown a post in these days. Feeds that an app asks for are counted here, those of this dashboard are not.";
  const { count: all, top_tenth: top, shown, half } = health.creators;
  if (all === 0) return "No post that may be shown names its creator: send `creator` with posts.";
  if (shown === 0) return "Nothing was shown of any creator whose posts may be shown.";
  const who = top.creators === 1 ? "The most shown creator" : `The ${count(top.creators)} most shown creators`; // prettier-ignore
  const gets = top.creators === 1 ? "gets" : "get";
  const none = all - shown;
  return [
    `${who} of ${count(all)} ${gets} ${percent(top.share, 0)} of all impressions.`,
    `${count(half)} ${half === 1 ? "has" : "have"} half of them.`,
    none > 0 ? `${count(none)} ${none === 1 ? "was" : "were"} not shown at all.` : "Everybody was shown.", // prettier-ignore
  ].join(" ");
}

/** The Lorenz curve beside the line of equal shares. */
export function Exposure({ health }: Of) {
  const points = health.creators.lorenz;
  const [x, lines] = useMemo(() => {
    const of = points.map((it) => 100 * it.creators);
    return [
      of,
      [
        { name: "Impressions", values: points.map((it) => 100 * it.impressions) },
        { name: "If even", values: of },
      ],
    ] as const;
  }, [points]);
  return (
    <Card title="How evenly" span={6} note={<Term word="Lorenz curve" />}>
      {points.length === 0 ? (
        <p class="note">There is a curve once posts of known creators are shown.</p>
      ) : (
        <>
          <Chart
            label="Share of impressions that the least shown creators have"
            x={x}
            xName="Creators"
            xUnit=" %"
            lines={lines}
            format={(it) => `${Number(it.toFixed(1))} %`}
            height={220}
          />
          <p class="note">
            The least shown creators come first. The further the curve is below the straight line,
            the fewer creators have most impressions.
          </p>
        </>
      )}
    </Card>
  );
}
