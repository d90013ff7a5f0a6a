/** The stream as a list, the newest on top: filters, a pause, and rows that open. */
import { useState } from "preact/hooks";
import { useRoute } from "../api.ts";
import { Icon } from "../parts/icon.tsx";
import { Named } from "../parts/named.tsx";
import { useNames } from "../parts/people.ts";
import { usePosts } from "../parts/posts.ts";
import { Card } from "../parts/screen.tsx";
import { count, eventWords } from "../parts/words.ts";
import { SelectField } from "../parts/select-field.tsx";
import { FATE_NAMES, FatePill } from "./events-fate.tsx";
import type { EventRow, Signals } from "./events-types.ts";
import type { EventRows } from "./use-event-rows.ts";
import "./events-list.css";

/** Rows whose posts are looked up: those that somebody may see. */
const TITLED = 100;
const STATES = { connecting: "connecting …", open: "live", lost: "lost: it is tried again" };
const ANY = { fate: "", kind: "", person: "" };
type Filter = typeof ANY;

const fits =
  (filter: Filter, nameOf: (id: string) => string) =>
  ({ fate, event: { kind, user = "" } }: EventRow) =>
    (filter.fate === "" || fate === filter.fate) &&
    (filter.kind === "" || kind === filter.kind) &&
    [user, nameOf(user)].some((it) => it.includes(filter.person));

type ListProps = EventRows & {
  readonly isPaused: boolean;
  readonly onPause: (isPaused: boolean) => void;
  /** Called as somebody points at the list, and as they leave it. */
  readonly onPoint: (isPointing: boolean) => void;
  readonly selected: string | undefined;
  readonly onSelect: (row: EventRow) => void;
};

export function EventList(props: ListProps) {
  const { rows, state, isPaused, onPause, onPoint, selected, onSelect } = props;
  const [filter, setFilter] = useState(ANY);
  const nameOf = useNames(rows.flatMap(({ event }) => event.user ?? []));
  const shown = rows.filter(fits(filter, nameOf));
  const postOf = usePosts(shown.slice(0, TITLED).flatMap(({ event }) => event.post ?? []));
  return (
    <Card title="Stream" note={<span class={`event-state ${state}`}>{STATES[state]}</span>}>
      <Filters filter={filter} onChange={(it) => setFilter({ ...filter, ...it })} />
      <div class="event-bar">
        <span class="note">{statusOf(props, shown.length)}</span>
        <button type="button" class="plain" onClick={() => onPause(!isPaused)}>
          <Icon name={isPaused ? "play" : "pause"} />
          {isPaused ? "Go on" : "Pause"}
        </button>
      </div>
      <ol
        class="event-list"
        aria-label="Events, the newest first"
        onPointerEnter={() => onPoint(true)}
        onPointerLeave={() => onPoint(false)}
      >
        {shown.map((it) => (
          <li key={it.key}>
            <button
              type="button"
              class="event-row"
              aria-pressed={it.key === selected}
              onClick={() => onSelect(it)}
            >
              <FatePill fate={it.fate} />
              <span class="event-kind">{eventWords(it.event)}</span>
              <span class="event-user">
                <Named id={it.event.user} name={nameOf(it.event.user ?? "")} />
              </span>
              <span class="event-post">
                {it.refusal ? (
                  reasonOf(it.refusal)
                ) : (
                  <Named id={it.event.post} name={postOf(it.event.post ?? "")?.title} />
                )}
              </span>
              <time class="note" dateTime={it.received_at}>
                {clock(it.received_at)}
              </time>
            </button>
          </li>
        ))}
      </ol>
      {shown.length === 0 && <p class="note event-none">{emptyWords(props)}</p>}
      <p class="note">
        The newest 300 duplicates and refused events are kept, without their values. Each process
        (WORKERS) knows its own.
      </p>
    </Card>
  );
}

/** Hours, minutes and seconds of an ISO time, UTC as everywhere on these screens. */
const clock = (time: string) => time.slice(11, 19);
const reasonOf = ({ field, detail }: NonNullable<EventRow["refusal"]>) =>
  field === "" ? detail : `${field}: ${detail}`;

function statusOf({ rows, waiting, skipped, isPaused }: ListProps, shown: number): string {
  const parts = [`${count(shown)} of ${count(rows.length)} shown`, "times are UTC"];
  if (waiting > 0)
    parts.push(`${count(waiting)} new ${isPaused ? "wait" : "wait until you stop pointing at the list"}`); // prettier-ignore
  if (skipped > 0) parts.push(`${count(skipped)} came too fast to be shown`);
  return parts.join(" · ");
}

function emptyWords({ rows, state }: ListProps): string {
  if (rows.length > 0) return "No event of these fits the filter.";
  return state === "open" ? "No events yet: send one with the form." : " ";
}

type FiltersProps = {
  readonly filter: Filter;
  readonly onChange: (changed: Partial<Filter>) => void;
};

function Filters({ filter, onChange }: FiltersProps) {
  const { signals = [] } = useRoute<Signals>("/signals").value ?? {};
  const choice = (label: string, name: "fate" | "kind", names: readonly string[]) => (
    <SelectField
      label={label}
      value={filter[name]}
      options={[["", "any"], ...names.map((it) => [it, it] as const)]}
      onChange={(it) => onChange({ [name]: it })}
    />
  );
  return (
    <div class="event-filters">
      {choice("Fate", "fate", FATE_NAMES)}
      {choice(
        "Of kind",
        "kind",
        signals.map(({ name }) => name),
      )}
      <label>
        Of person
        <input
          type="search"
          placeholder="part of a name or id"
          value={filter.person}
          onInput={(it) => onChange({ person: it.currentTarget.value.trim() })}
        />
      </label>
    </div>
  );
}
