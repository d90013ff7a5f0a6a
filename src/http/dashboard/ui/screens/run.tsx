/** One run: its result, quality, settings beside those of the run before, and log. */
import { useRoute as useMatch } from "preact-iso";
import { useRoute } from "../api.ts";
import { Rankings } from "../parts/rankings.tsx";
import { Card, Failed, Screen, Stat } from "../parts/screen.tsx";
import { Table } from "../parts/table.tsx";
import { count } from "../parts/words.ts";
import { LiveBar, Log } from "./runs-now.tsx";
import { EVERY_MS, Outcome } from "./runs.tsx";
import { isOpen, KIND_NAMES, secondsOf, took, when, type Run as Reply } from "./runs-types.ts";
import { useLiveRuns } from "./use-live-runs.ts";

/** The page. */
export function Run() {
  const id = useMatch().params["id"] ?? "";
  const { value, error, reload } = useRoute<Reply>(`/runs/${encodeURIComponent(id)}`, EVERY_MS);
  const isLive = value !== undefined && isOpen(value);
  const live = useLiveRuns(reload, isLive).find(({ run }) => isLive && run.id === value.id);
  const before = useRoute<Reply>(value?.before == null ? undefined : `/runs/${value.before}`).value;
  const title = value ? `${KIND_NAMES[value.kind]} of ${when(value)}` : "Run";
  return (
    <Screen title={title} lead={value?.words || "One run, with its settings and its log."}>
      <p>
        <a href="/dashboard/runs">All runs</a>
      </p>
      {error && <Failed error={error} onRetry={reload} />}
      <div class="grid runs" aria-busy={value === undefined && error === undefined}>
        {live && (
          <Card title="Now">
            <LiveBar run={live.run} />
          </Card>
        )}
        <Result run={value} />
        <Quality run={value} before={before} />
        <Settings run={value} />
        <Card title="Log">
          {value && (
            <Log
              lines={live?.log ?? value.log}
              since={value.started_at}
              isLive={live !== undefined}
            />
          )}
        </Card>
      </div>
    </Screen>
  );
}

/** The ranking that serves, by its name. */
const BLEND = "blend";

type PartProps = { readonly run: Reply | undefined };

function Result({ run }: PartProps) {
  const seconds = run && secondsOf(run, Date.now());
  const figures = Object.entries(run?.figures ?? {});
  return (
    <Card title="Result" span={6} note="times are UTC">
      <dl class="stats">
        <Stat name="Outcome" value={run ? <Outcome run={run} /> : "–"} />
        <Stat name="Took" value={seconds === undefined || isOpen(run!) ? "–" : took(seconds)} />
        <Stat name="Started by" value={run ? (run.asked_at ? "a request" : "itself") : "–"} />
      </dl>
      {figures.length > 0 && (
        <dl class="figures">
          {figures.map(([name, it]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof it === "number" ? count(it) : it}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}

type QualityProps = PartProps & { readonly before: Reply | undefined };

function Quality({ run, before }: QualityProps) {
  const quality = run?.quality;
  const blendBefore = before?.quality?.rankings.find(({ name }) => name === BLEND);
  return (
    <Card
      title="Quality"
      span={6}
      note={quality && `nDCG@20 on ${count(quality.cases)} held-out cases`}
    >
      {quality ? (
        <Rankings
          rankings={quality.rankings.flatMap((it) =>
            it.name === BLEND && blendBefore
              ? [it, { ...blendBefore, name: "blend before" }]
              : [it],
          )}
          marked={BLEND}
        />
      ) : (
        <p class="note">
          {run === undefined ? "…" : isOpen(run) ? "Known once the run has ended." : NOT_MEASURED}
        </p>
      )}
    </Card>
  );
}

const NOT_MEASURED =
  "This run measured none: a learn does where it fits the blend, an evaluation always.";

const shown = (value: number | string | null) =>
  value === null || value === "" ? "–" : String(value);

function Settings({ run }: PartProps) {
  const all = Object.entries(run?.settings ?? {}).sort(([a], [b]) => a.localeCompare(b));
  return (
    <Card
      title="Settings"
      note={run?.before != null && <a href={`/dashboard/runs/${run.before}`}>the run before</a>}
    >
      {run && <Differences run={run} />}
      {all.length > 0 && (
        <Table
          summary={`All ${all.length} settings`}
          head={["Setting", "Value"]}
          rows={all.map(([name, value]) => [name, shown(value)])}
        />
      )}
    </Card>
  );
}

function Differences({ run: { before, differences, kind } }: { readonly run: Reply }) {
  if (before === null)
    return (
      <p class="note">There is no earlier {KIND_NAMES[kind].toLowerCase()} to compare with.</p>
    );
  if (differences.length === 0) return <p class="note">The same settings as in the run before.</p>;
  return (
    <div class="differences">
      <Table
        caption="What differs from the run before; a weight has four values, at 0, 1, 5 and 20 posts of history"
        head={["Setting", "Before", "Now"]}
        rows={differences.map((it) => [
          it.name,
          shown(it.before),
          <strong>{shown(it.now)}</strong>,
        ])}
      />
    </div>
  );
}
