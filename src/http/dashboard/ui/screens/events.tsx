/** Events: the stream of what people do with each row's fate, what one changed in whose feed, and a form that sends one. */
import { useRef, useState } from "preact/hooks";
import { Screen } from "../parts/screen.tsx";
import { EventDetails } from "./events-details.tsx";
import { EventForm } from "./events-form.tsx";
import { EventList } from "./events-list.tsx";
import type { EventRow, Fate } from "./events-types.ts";
import { useEventRows } from "./use-event-rows.ts";
import "./events.css";

export function Events() {
  const [isPaused, setPaused] = useState(false);
  const [isPointing, setPointing] = useState(false);
  const [row, setRow] = useState<EventRow>();
  const details = useRef<HTMLDivElement>(null);
  const { open, onRow } = useSent(setRow);
  const stream = useEventRows(isPaused || isPointing, onRow);
  const select = (it: EventRow) => {
    setRow(it);
    // On a phone the details are below the list.
    details.current?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };
  return (
    <Screen
      title="Events"
      lead="What people do as it comes, what became of it, and what it changed."
    >
      <div class="events">
        <div class="events-stream">
          <EventList
            {...stream}
            isPaused={isPaused}
            onPause={setPaused}
            onPoint={setPointing}
            selected={row?.key}
            onSelect={select}
          />
        </div>
        <div class="events-details" ref={details}>
          <EventDetails row={row} />
        </div>
        <div class="events-form">
          <EventForm onSent={open} />
        </div>
      </div>
    </Screen>
  );
}

/** Rows among which an event that was sent is looked for: the stream may have it before its reply is read. */
const RECENT = 50;

/** Opens the row of an event that the form has sent, as soon as the stream has it. */
function useSent(onOpen: (row: EventRow) => void) {
  const recent = useRef<readonly EventRow[]>([]);
  const awaited = useRef<(row: EventRow) => boolean>(() => false);
  const openFirst = (rows: readonly EventRow[]) => {
    const found = rows.findLast(awaited.current);
    if (found === undefined) return;
    awaited.current = () => false;
    onOpen(found);
  };
  return {
    open: (id: string, fate: Fate) => {
      awaited.current = (row) => row.event.id === id && row.fate === fate;
      openFirst(recent.current);
    },
    onRow: (row: EventRow) => {
      recent.current = [...recent.current.slice(-RECENT), row];
      openFirst([row]);
    },
  };
}
