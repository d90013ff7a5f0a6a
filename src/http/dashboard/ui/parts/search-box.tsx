/** Search as you type, for people or posts: a combobox with a list of what was found. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { pathOf, read } from "../api.ts";
import { useNewest } from "./people.ts";
import type { Found, PersonFound } from "./types.ts";
import "./search-box.css";

/** People who were here last, offered before anything is typed. */
const NEWEST = 6;
/** Milliseconds without a key press after which it is searched. */
const PAUSE_MS = 150;

/** Something found: its id, and what is shown of it. */
export type Choice = { readonly id: string; readonly name: string; readonly note: string };

type SearchBoxProps = {
  readonly label: string;
  readonly kind: "people" | "posts";
  readonly placeholder?: string;
  /** Offered before anything is typed, with the people who were here last. */
  readonly first?: readonly Choice[];
  /** True if what is typed may be chosen as an id, too. */
  readonly takesNew?: boolean;
  readonly onChoose: (choice: Choice) => void;
};

function choicesOf({ people, posts }: Found, kind: "people" | "posts"): Choice[] {
  if (kind === "people") return people.map(choiceOf);
  return posts.map((it) => ({ id: it.id, name: it.title || it.id, note: it.categories[0] ?? "" }));
}

const choiceOf = ({ id, name }: PersonFound): Choice => ({ id, name: name || id, note: id });

/** Results for the text that was searched last, once nobody has typed for a moment. */
function useFound(text: string, kind: "people" | "posts") {
  const [found, setFound] = useState<{ text: string; choices: readonly Choice[] }>(NONE);
  const turn = useRef(0);
  useEffect(() => {
    const mine = ++turn.current;
    if (text.trim() === "") return setFound(NONE);
    const timer = setTimeout(async () => {
      const it = await read<Found>(pathOf("/search", { q: text, limit: 8 })).catch(() => undefined);
      if (mine === turn.current && it) setFound({ text, choices: choicesOf(it, kind) });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, kind]);
  return found;
}

const NONE = { text: "", choices: [] };

/** The box; arrows move in the list, Enter takes, Escape closes. */
export function SearchBox({
  label,
  kind,
  placeholder,
  first = [],
  takesNew = false,
  onChoose,
}: SearchBoxProps) {
  // prettier-ignore
  const [text, setText] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const id = useId();
  const { text: searched, choices: found } = useFound(text, kind);
  useEffect(() => setAt(0), [found]);
  const newest = useNewest(NEWEST, kind === "people" && isOpen) ?? [];
  const typed = text.trim();
  const isNew = takesNew && searched === text && !found.some((it) => it.id === typed);
  const asId = isNew ? [{ id: typed, name: typed, note: "as an id" }] : [];
  const shown = typed === "" ? [...first, ...newest.map(choiceOf)] : [...found, ...asId];
  const choose = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    onChoose(choice);
    setText("");
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setOpen(true);
      setAt((it) => (it + step + shown.length) % Math.max(1, shown.length));
    } else if (event.key === "Enter") (event.preventDefault(), choose(shown[at]));
    else if (event.key === "Escape") setOpen(false);
  };
  const isShown = isOpen && shown.length > 0;
  return (
    <div class="search">
      <label for={`${id}-box`}>{label}</label>
      <input
        id={`${id}-box`}
        type="search"
        role="combobox"
        list={undefined}
        autocomplete="off"
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isShown ? `${id}-${at}` : undefined}
        placeholder={placeholder}
        value={text}
        onInput={(event) => (setText(event.currentTarget.value), setOpen(true))}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={label} hidden={!isShown}>
        {shown.map((it, n) => (
          <li
            key={it.id}
            id={`${id}-${n}`}
            role="option"
            aria-selected={n === at}
            onMouseDown={(event) => (event.preventDefault(), choose(it))}
          >
            <span>{it.name}</span>
            <span class="note">{it.note}</span>
          </li>
        ))}
      </ul>
      {isOpen && typed !== "" && shown.length === 0 && (
        <p class="note search-none" role="status">
          {kind === "people" ? "Nobody is called that." : "No post is called that."}
        </p>
      )}
    </div>
  );
}
