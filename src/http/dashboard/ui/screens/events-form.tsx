/** Form that sends one event, with what came of it, and the curl line that sends the same. */
import { useId, useState } from "preact/hooks";
import { ApiError, call, useRoute } from "../api.ts";
import { Card } from "../parts/screen.tsx";
import { SearchBox, type Choice } from "../parts/search-box.tsx";
import { SelectField } from "../parts/select-field.tsx";
import { BLANK, curlLine, eventOf, type Draft } from "./events-curl.ts";
import { FatePill } from "./events-fate.tsx";
import type { Fate, Signals } from "./events-types.ts";

/** Fate of the event that was sent last, in words. */
type Outcome = { readonly fate?: Fate; readonly words: string };
type Reply = {
  readonly accepted: number;
  readonly duplicates: number;
  readonly refused: readonly { readonly field: string; readonly detail: string }[];
};

const WORDS: Readonly<Record<Fate, string>> = {
  accepted: "It is stored, and in the next feed.",
  duplicate: "This event is stored already: nothing changed.",
  refused: "",
};

/** Sends an event. */
async function sent(event: object): Promise<Outcome> {
  try {
    return outcomeOf(await call<Reply>("POST", "/events", event));
  } catch (cause) {
    const reply = cause instanceof ApiError ? (cause.problem as Partial<Reply>) : {};
    if (reply.refused !== undefined) return outcomeOf(reply as Reply);
    return { words: cause instanceof Error ? cause.message : String(cause) };
  }
}

function outcomeOf({ accepted, refused: [refused] }: Reply): Outcome {
  if (refused !== undefined)
    return { fate: "refused", words: `${refused.field}: ${refused.detail}` };
  const fate = accepted > 0 ? "accepted" : "duplicate";
  return { fate, words: WORDS[fate] };
}

/** @param onSent  Called with the id and the fate of an event that was sent. */
export function EventForm({ onSent }: { readonly onSent: (id: string, fate: Fate) => void }) {
  const [draft, setDraft] = useState<Draft>(BLANK);
  const [outcome, setOutcome] = useState<Outcome>();
  const event = eventOf(draft);
  const submit = async (it: Event) => {
    it.preventDefault();
    const { id = madeUpId() } = event;
    setOutcome({ words: "Sending …" });
    const outcome = await sent({ ...event, id });
    setOutcome(outcome);
    if (outcome.fate !== undefined) onSent(String(id), outcome.fate);
  };
  return (
    <Card title="Send an event">
      <form class="event-form" onSubmit={submit} noValidate>
        <Fields
          draft={draft}
          onChange={(changed) => setDraft((before) => ({ ...before, ...changed }))}
        />
        <button type="submit">Send</button>
        <p class="event-outcome" role="status">
          {outcome?.fate && <FatePill fate={outcome.fate} />} {outcome?.words}
        </p>
      </form>
      <Curl line={curlLine(location.origin, event)} />
    </Card>
  );
}

/** An id of an event that nobody has: also without the secure context that random UUIDs need. */
const madeUpId = () =>
  `dashboard-${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

type FieldsProps = {
  readonly draft: Draft;
  readonly onChange: (changed: Partial<Draft>) => void;
};

/** The fields that an event of the chosen kind may have. */
function Fields({ draft, onChange }: FieldsProps) {
  const { signals = [] } = useRoute<Signals>("/signals").value ?? {};
  const signal = signals.find(({ name }) => name === draft.kind);
  const field = (name: keyof Draft, label: string, hint: string) => (
    <label>
      {label}
      <input
        value={draft[name]}
        placeholder={hint}
        autocomplete="off"
        onInput={(it) => onChange({ [name]: it.currentTarget.value })}
      />
    </label>
  );
  return (
    <>
      <Chooser label="Person" kind="people" onChoose={(user) => onChange({ user })} />
      <Chooser label="Post" kind="posts" onChoose={(post) => onChange({ post })} />
      <SelectField
        label="Kind"
        value={draft.kind}
        options={signals.map(({ name }) => [name, name])}
        onChange={(kind) => onChange({ kind, value: "", watched_ms: "" })}
      />
      {signal?.value &&
        field("value", `Value, ${signal.value.unit}`, `${signal.value.min} to ${signal.value.max}`)}
      {signal?.repeats === "lasts" && field("value", "Value", "none; 0 takes it back")}
      {signal?.watched && field("watched_ms", "Watched, ms", "how long it was watched")}
      {field("recommendation_id", "Recommendation id", "of the reply that showed it")}
      {field("id", "Event id", "a new one each time")}
    </>
  );
}

type ChooserProps = {
  readonly label: string;
  readonly kind: "people" | "posts";
  readonly onChoose: (id: string) => void;
};

/** A search-box, and what was chosen by it. */
function Chooser({ label, kind, onChoose }: ChooserProps) {
  const [chosen, setChosen] = useState<Choice>();
  return (
    <div>
      <SearchBox
        label={label}
        kind={kind}
        placeholder={`${kind === "people" ? "Name" : "Title"} or id`}
        takesNew
        onChoose={(it) => (setChosen(it), onChoose(it.id))}
      />
      <p class="note event-chosen">
        {chosen === undefined ? "nothing chosen yet" : <strong>{chosen.name}</strong>}
        {chosen && chosen.name !== chosen.id && ` · ${chosen.id}`}
      </p>
    </div>
  );
}

/** A line for a shell, and a button that copies it. */
function Curl({ line }: { readonly line: string }) {
  const [said, say] = useState("");
  const id = useId();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(line);
      say("Copied.");
    } catch {
      say("This browser lets no page copy here: mark the line instead."); // without TLS, on another host
    }
  };
  return (
    <section class="event-curl" aria-labelledby={id}>
      <header>
        <h3 id={id}>The same by curl</h3>
        <button type="button" class="plain" onClick={() => void copy()}>
          Copy
        </button>
      </header>
      <pre tabIndex={0}>{line}</pre>
      <p class="note" role="status">
        {said || "Where keys are needed, put one into VIDREC_KEY."}
      </p>
    </section>
  );
}
