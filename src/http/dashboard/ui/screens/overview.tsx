/** Overview: whether everything is alive. */
import { useMemo } from "preact/hooks";
import { useRoute } from "../api.ts";
import { Chart } from "../parts/chart.tsx";
import { Card, Failed, Screen, Stat } from "../parts/screen.tsx";
import { count, ms, span } from "../parts/words.ts";
import { Alarms, Fallbacks, QualityOf, Signals } from "./overview-parts.tsx";
import { factorWords, type Adjusted } from "./what-if-types.ts";
import type { Overview as Reply } from "./overview-types.ts";
import "./overview.css";

/** Days of the charts. */
const DAYS = 30;
/** Milliseconds between two readings. */
const EVERY_MS = 5_000;

export function Overview() {
  const { value, error, reload } = useRoute<Reply>(`/overview?days=${DAYS}`, EVERY_MS);
  return (
    <Screen title="Overview" lead="Is everything alive?">
      {error && <Failed error={error} onRetry={reload} />}
      <div class="grid overview" aria-busy={value === undefined}>
        {value === undefined ? <Card title="Alarms">…</Card> : <Cards value={value} />}
      </div>
    </Screen>
  );
}

type Of = { readonly value: Reply };

function Cards({ value }: Of) {
  const quality = value.snapshot?.quality;
  return (
    <>
      <Card title="Alarms" note={value.alarms.length || undefined}>
        <Alarms alarms={value.alarms} />
      </Card>
      <Figures value={value} />
      <Days value={value} />
      <Card title="Signals" span={6} note={`events of ${DAYS} days`}>
        <Signals signals={value.signals} />
      </Card>
      <div class="span-6 overview-column">
        <Card title="Quality" note={quality && `nDCG@20 on ${count(quality.cases)} held-out cases`}>
          <QualityOf snapshot={value.snapshot} />
          <FactorsInForce />
        </Card>
        <Card title="Errors and fallbacks" note="since this process started">
          <Fallbacks answered={value.process} />
        </Card>
      </div>
    </>
  );
}

/** A line on the operator's factors, if any is in force. */
function FactorsInForce() {
  const factors = useRoute<Adjusted>("/adjustments").value?.factors ?? {};
  if (Object.keys(factors).length === 0) return null;
  return (
    <p class="note factors-in-force">
      These figures are of what was fitted. Lists are ranked with {factorWords(factors)}: see{" "}
      <a href="/dashboard/what-if">What if</a>.
    </p>
  );
}

const or = <T,>(value: T | null | undefined, words: (value: T) => string) =>
  value == null ? "–" : words(value);

function Figures({ value }: Of) {
  const { process: it, snapshot } = value;
  const isDemo = useRoute<{ readonly catalogue: string }>("/").value?.catalogue === "demo";
  return (
    <>
      <Card title="Stored" span={4} note={isDemo && "the demo: all made up"}>
        <dl class="stats">
          <Stat name="Posts" value={or(value.stored?.posts, count)} />
          <Stat name="People" value={or(value.stored?.people, count)} />
          <Stat name="Events" value={or(value.stored?.events, count)} />
        </dl>
      </Card>
      <Card
        title="Snapshot"
        span={4}
        note={snapshot?.id.slice(0, 8).replace(/(....)(..)/, "$1-$2-")}
      >
        <dl class="stats">
          <Stat name="Age" value={or(snapshot?.age_seconds, span)} />
          <Stat name="To encode" value={or(value.encoder.backlog, count)} />
          <Stat name="Last sync" value={or(value.sync_age_seconds, (age) => span(age))} />
        </dl>
        {snapshot && snapshot.embedded < snapshot.posts && (
          <p class="note understood">
            {count(snapshot.embedded)} of {count(snapshot.posts)} posts are understood by their text
            so far{snapshot.embedded > 0 && "; moods already work"}.
          </p>
        )}
      </Card>
      <Card title="This process" span={4} note={`last ${span(it.window_seconds)}`}>
        <dl class="stats">
          <Stat name="Feeds / s" value={or(it.feeds_a_second, (n) => n.toFixed(n < 10 ? 1 : 0))} />
          <Stat name="Median" value={or(it.p50_ms, ms)} />
          <Stat name="Slowest 1 %" value={or(it.p99_ms, ms)} />
        </dl>
      </Card>
    </>
  );
}

function Days({ value: { days } }: Of) {
  const key = JSON.stringify(days);
  const [x, events, people, posts] = useMemo(() => {
    const line = (name: "events" | "people" | "posts", words: string) => [
      { name: words, values: days.map((it) => it[name]) },
    ];
    const at = days.map(({ day }) => Date.parse(day) / 1_000);
    return [
      at,
      line("events", "Events"),
      line("people", "People"),
      line("posts", "Posts"),
    ] as const;
  }, [key]);
  return (
    <>
      <Card title="Events a day" span={4} note="UTC">
        <Chart label="Events a day" x={x} lines={events} height={150} />
      </Card>
      <Card title="People who did something" span={4} note="UTC">
        <Chart label="People who did something, by day" x={x} lines={people} height={150} />
      </Card>
      <Card title="New posts" span={4} note="UTC">
        <Chart label="Posts created, by day" x={x} lines={posts} height={150} />
      </Card>
    </>
  );
}
