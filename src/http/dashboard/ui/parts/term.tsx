/** A word that the glossary explains where it stands, when it is clicked or pressed. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId } from "preact/hooks";
import type { GlossaryReply } from "../../../routes/glossary.ts";
import { logins, read } from "../api.ts";
import "./term.css";

const meanings = signal<ReadonlyMap<string, string>>(new Map());
/** The login after which they were asked for last. */
let askedAt: number | undefined;

/** The meaning of a word; `undefined` until the glossary is there, and for one that it lacks. */
function useMeaning(word: string): string | undefined {
  const login = logins.value;
  useEffect(() => {
    if (askedAt === login) return;
    askedAt = login;
    read<GlossaryReply>("/glossary").then(
      ({ words }) => (meanings.value = new Map(words.map((it) => [it.word, it.meaning]))),
      () => (askedAt = undefined), // the next term that is drawn asks again
    );
  }, [login]);
  return meanings.value.get(word);
}

type TermProps = { readonly word: string; readonly children?: ComponentChildren };

/** A word of the glossary, or what stands for it. */
export function Term({ word, children = word }: TermProps) {
  const meaning = useMeaning(word);
  return meaning === undefined ? <>{children}</> : <Explained {...{ word, meaning, children }} />;
}

/** A word with its meaning. */
export function Explained({
  word,
  meaning,
  children = word,
}: TermProps & { readonly meaning: string }) {
  const id = useId();
  return (
    <span class="term">
      <button type="button" popovertarget={id}>
        {children}
      </button>
      <span id={id} popover="auto" role="note">
        <strong>{word}</strong> {meaning}
      </span>
    </span>
  );
}
