/** Runs under way with their bar and log, and the buttons that start one. */
import { useEffect, useRef, useState } from "preact/hooks";
import { ASKABLE, type Askable } from "../../../../domain/run.ts";
import { sentenceOf } from "../../../../domain/sentence.ts";
import { call, useRoute } from "../api.ts";
import { Icon } from "../parts/icon.tsx";
import { Failed } from "../parts/screen.tsx";
import { count } from "../parts/words.ts";
import { KIND_NAMES, secondsOf, took, type Line, type RunRow, type Runs } from "./runs-types.ts"; // prettier-ignore
import type { LiveRun } from "./use-live-runs.ts";
import "./runs-now.css";

/** Description of each kind, a sentence. */
const ABOUT: Readonly<Record<Askable, string>> = {
  sync: "Reads posts, people and events from upstream again, though they were read today.",
  learn: "Learns from everything stored, and serves the snapshot it makes.",
  evaluate: "Hides the newest events, learns from the rest, and sees who predicts them. Changes nothing.", // prettier-ignore
};

type StartProps = {
  readonly refusals: Runs["refusals"] | undefined;
  readonly onStart: () => void;
};

/** A button for each kind; where none can be started, the reason. */
export function StartRuns({ refusals, onStart }: StartProps) {
  const [error, setError] = useState("");
  const start = async (kind: Askable) => {
    setError("");
    await call("POST", "/runs", { kind }).catch((cause: Error) => setError(cause.message));
    onStart();
  };
  const reasons = new Set(Object.values(refusals ?? {}));
  const shared = reasons.size === 1 ? [...reasons][0] : undefined;
  return (
    <>
      <ul class="starts">
        {ASKABLE.map((kind) => {
          const refusal = refusals?.[kind];
          const isOwn = refusal != null && refusal !== shared;
          return (
            <li key={kind}>
              <button
                type="button"
                class="plain"
                disabled={refusals === undefined || refusal != null}
                aria-describedby={shared ? "start-none" : `start-${kind}`}
                onClick={() => start(kind)}
              >
                {KIND_NAMES[kind]}
              </button>
              <span class="note" id={`start-${kind}`}>
                {isOwn ? sentenceOf(refusal) : ABOUT[kind]}
              </span>
            </li>
          );
        })}
      </ul>
      <p class="note starts-none" id="start-none" role="status">
        {shared && sentenceOf(shared)}
      </p>
      {error !== "" && <Failed error={error} />}
    </>
  );
}

type Ready = { readonly learning: { readonly next_at: string | null } };

/** Runs under way; without one, when the next is due. */
export function RunsNow({ live }: { readonly live: readonly LiveRun[] }) {
  const nextAt = useRoute<Ready>("/health/ready").value?.learning.next_at;
  if (live.length === 0)
    return (
      <p class="note runs-now">
        Nothing runs. Start one{nextAt ? `, or wait until ${nextAt.slice(11, 16)} UTC` : ""}: what
        it does is shown here.
      </p>
    );
  return (
    <ul class="runs-now">
      {live.map(({ run, log }) => (
        <li key={run.id}>
          <LiveBar run={run} />
          <Log lines={log} since={run.started_at} isLive />
        </li>
      ))}
    </ul>
  );
}

/** Milliseconds between two readings of the clock. */
const TICK_MS = 1_000;

/** A run's stage, how far it has come, and how long it has taken. */
export function LiveBar({ run }: { readonly run: RunRow }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const seconds = secondsOf(run, now);
  const isCounted = run.done < run.total && run.total > 1;
  const stage = run.state === "waiting" ? "waits to begin" : run.stage || "begins";
  return (
    <div class="live">
      <a href={`/dashboard/runs/${run.id}`}>
        <Icon name={run.state === "waiting" ? "clock" : "runs"} />
        {KIND_NAMES[run.kind]}
      </a>
      <span class="live-stage">
        {stage}
        {isCounted && ` · ${count(run.done)} of ${count(run.total)}`}
      </span>
      <span class="figure">{seconds === undefined ? "" : took(seconds)}</span>
      <progress
        aria-label={`${KIND_NAMES[run.kind]}: ${stage}`}
        max={isCounted ? run.total : undefined}
        value={isCounted ? run.done : undefined}
      />
    </div>
  );
}

type LogProps = {
  readonly lines: readonly Line[];
  /** Start of the run. */
  readonly since: string | null;
  readonly isLive?: boolean;
};

/** Lines of a log with the time since the start; a live one stays at its end. */
export function Log({ lines, since, isLive = false }: LogProps) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (isLive) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lines.length, isLive]);
  if (lines.length === 0) return <p class="note">Nothing was logged{isLive ? " yet" : ""}.</p>;
  const start = Date.parse(since ?? lines[0]!.at);
  return (
    <ol class="log" ref={list} tabIndex={0} aria-label="Log">
      {lines.map(({ at, text }, n) => (
        <li key={n}>
          <time dateTime={at}>{`+${((Date.parse(at) - start) / 1_000).toFixed(1)} s`}</time>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}
