/** A person or a post: the name or title, with the id small beside it. */

type NamedProps = {
  readonly id: string | undefined;
  readonly name: string | undefined;
};

/** The name and the id; the id alone where there is no other name. */
export function Named({ id = "?", name }: NamedProps) {
  if (!name || name === id) return <>{id}</>;
  return (
    <>
      {name} <span class="note">{id}</span>
    </>
  );
}
