/** Facts about somebody: their events by kind, and their taste in words. */
import { pathOf, useRoute } from "../api.ts";
import { Card, Failed } from "../parts/screen.tsx";
import { count } from "../parts/words.ts";

type Known = {
  readonly name?: string;
  readonly events: Readonly<Record<string, number>>;
  readonly last_event_at: string | null;
};
type Taste = { readonly words: readonly string[] | string };

export function About({
  user,
  isNewcomer,
}: {
  readonly user: string;
  readonly isNewcomer: boolean;
}) {
  const path = isNewcomer ? undefined : `/users/${encodeURIComponent(user)}`;
  const known = useRoute<Known>(path);
  const taste = useRoute<Taste>(path && pathOf(`${path}/taste`, {}));
  if (isNewcomer)
    return (
      <Card title="History">
        <p class="note">
          Nothing: everybody who is new gets this list. Choose somebody to compare.
        </p>
      </Card>
    );
  const events = Object.entries(known.value?.events ?? {}).sort(([, a], [, b]) => b - a);
  const words = taste.value?.words ?? [];
  return (
    <>
      <Card title="History" note={known.value?.last_event_at?.slice(0, 10)}>
        {known.error && <Failed error={known.error} />}
        <ul class="facts">
          {events.map(([kind, n]) => (
            <li key={kind}>
              {kind}
              <span class="figure">{count(n)}</span>
            </li>
          ))}
        </ul>
      </Card>
      <Card title="Taste">
        {taste.error && <Failed error={taste.error} />}
        <ul class="facts">
          {(typeof words === "string" ? [words] : words).map((it) => (
            <li key={it}>{it}</li>
          ))}
        </ul>
      </Card>
    </>
  );
}
