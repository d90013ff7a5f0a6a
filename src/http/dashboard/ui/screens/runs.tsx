/** Runs: what is under way, what can be started, and what has ended. */
import { useLocation } from "preact-iso";
import { RUN_KINDS } from "../../../../domain/run.ts";
import { pathOf, useRoute } from "../api.ts";
import { Icon } from "../parts/icon.tsx";
import { Card, Failed, Screen } from "../parts/screen.tsx";
import { Table } from "../parts/table.tsx";
import { SelectField } from "../parts/select-field.tsx";
import { RunsNow, StartRuns } from "./runs-now.tsx";
import { isOpen, KIND_NAMES, secondsOf, STATES, took, when, type RunRow, type Runs as Reply } from "./runs-types.ts"; // prettier-ignore
import { useLiveRuns, type LiveRun } from "./use-live-runs.ts";
import "./runs.css";

/** Runs of the list. */
const LIMIT = 100;
/** Milliseconds between two readings, for runs that end while the stream is not heard. */
export const EVERY_MS = 15_000;

/** The screen. */
export function Runs() {
  const kind = useLocation().query["kind"] ?? "";
  const { value, error, reload } = useRoute<Reply>(pathOf("/runs", { kind, limit: LIMIT }), EVERY_MS); // prettier-ignore
  const ended = value?.runs.filter((it) => !isOpen(it));
  const isEnded = ({ run }: LiveRun) => ended?.some(({ id }) => id === run.id) === true;
  const live = useLiveRuns(reload).filter((it) => !isEnded(it)); // one may have ended while nobody listened
  return (
    <Screen
      title="Runs"
      lead="What syncs, learns and evaluations did, and how the settings differed."
    >
      {error && <Failed error={error} onRetry={reload} />}
      <div class="grid runs" aria-busy={value === undefined}>
        <Card title="Start one" span={4}>
          <StartRuns refusals={value?.refusals} onStart={reload} />
        </Card>
        <Card title="Now" span={8}>
          <RunsNow live={live} />
        </Card>
        <Card title="Ended" note={<KindChoice kind={kind} />}>
          <Ended runs={ended} />
        </Card>
      </div>
    </Screen>
  );
}

function KindChoice({ kind }: { readonly kind: string }) {
  const { route } = useLocation();
  return (
    <SelectField
      label="Kind"
      class="runs-kind"
      value={kind}
      options={[["", "all"], ...RUN_KINDS.map((it) => [it, KIND_NAMES[it]] as const)]}
      onChange={(it) => route(pathOf("/dashboard/runs", { kind: it }), true)}
    />
  );
}

function Ended({ runs }: { readonly runs: readonly RunRow[] | undefined }) {
  if (runs === undefined) return <p class="note runs-loading">…</p>;
  if (runs.length === 0)
    return <p class="note">None has ended yet: start one above, or wait for the daily run.</p>;
  const seconds = runs.map((it) => secondsOf(it, 0) ?? 0);
  const most = Math.max(...seconds, 0.1);
  return (
    <div class="ended">
      <Table
        caption="The newest first; times are UTC"
        head={["Run", "Outcome", "When", "Took", "What it did"]}
        rows={runs.map((it, n) => [
          <a href={`/dashboard/runs/${it.id}`}>{KIND_NAMES[it.kind]}</a>,
          <Outcome run={it} />,
          when(it),
          <span class="took">
            <span class="took-bar" aria-hidden="true">
              <span style={{ width: `${(100 * seconds[n]!) / most}%` }} />
            </span>
            {took(seconds[n]!)}
          </span>,
          <span class="runs-words">{it.words || "–"}</span>,
        ])}
      />
      <p class="note">A renewal adds to the snapshot what was encoded since it was made.</p>
    </div>
  );
}

/** State of a run, as an icon and words. */
export function Outcome({ run: { state } }: { readonly run: Pick<RunRow, "state"> }) {
  const { words, icon, style } = STATES[state];
  return (
    <span class={`pill ${style}`}>
      <Icon name={icon} />
      {words}
    </span>
  );
}
