/** Frame of a screen: its title, its actions, and cards. */
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Term } from "./term.tsx";

type ScreenProps = {
  readonly title: string;
  /** A sentence on what the screen answers. */
  readonly lead?: string;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
};

/** The main part of the page. */
export function Screen({ title, lead, actions, children }: ScreenProps) {
  useEffect(() => void (document.title = `${title} · vidrec`), [title]);
  return (
    <main class="screen" id="main" tabIndex={-1}>
      <header class="screen-head">
        <div>
          <h1>{title}</h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {actions && <div class="actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}

type CardProps = {
  readonly title: string;
  readonly note?: ComponentChildren;
  /** Columns of the grid that it takes, 1 to 12; on a phone all. */
  readonly span?: 3 | 4 | 6 | 8 | 12;
  readonly children: ComponentChildren;
};

/** A titled part of a screen. */
export function Card({ title, note, span = 12, children }: CardProps) {
  return (
    <section class={`card span-${span}`} aria-label={title}>
      <header>
        <h2>
          <Term word={title} />
        </h2>
        {note && <span class="note">{note}</span>}
      </header>
      {children}
    </section>
  );
}

/** A figure with its name. */
export function Stat({
  name,
  value,
  note,
}: {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly note?: ComponentChildren;
}) {
  return (
    <div class="stat">
      <dt>
        <Term word={name} />
      </dt>
      <dd>{value}</dd>
      {note && <dd class="note">{note}</dd>}
    </div>
  );
}

/** An error in the place of what could not be loaded. */
export function Failed({
  error,
  onRetry,
}: {
  readonly error: string;
  readonly onRetry?: () => void;
}) {
  return (
    <p class="error" role="alert">
      {error}{" "}
      {onRetry && (
        <button type="button" class="quiet" onClick={onRetry}>
          Try again
        </button>
      )}
    </p>
  );
}
