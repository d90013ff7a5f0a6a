/** A person or a post: the name or title, and the id in small beside it. */

type NamedProps = {
  readonly id: string | undefined;
  /** The id itself where there is none. */
  readonly name: string | undefined;
};

/** The name; the id alone where nothing else is known. */
export function Named({ id = "?", name }: NamedProps) {
  if (!name || name === id) return <>{id}</>;
  return (
    <>
      {name} <span class="note">{id}</span>
    </>
  );
}
