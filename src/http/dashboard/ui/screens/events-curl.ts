/** An event as the form has it: the body of its request, and the curl line that sends the same. */

/** Fields of the form, as typed; "" for an empty one. */
export type Draft = {
  readonly user: string;
  readonly post: string;
  readonly kind: string;
  readonly value: string;
  readonly watched_ms: string;
  readonly recommendation_id: string;
  readonly id: string;
};

/** A form in which nothing is filled in. */
export const BLANK: Draft = {
  user: "",
  post: "",
  kind: "like",
  value: "",
  watched_ms: "",
  recommendation_id: "",
  id: "",
};

/** Fields that are sent as numbers, where they can be read as one: what can't is refused in words. */
const NUMBERS: readonly string[] = ["value", "watched_ms"];

/** The event without its empty fields. */
export function eventOf(draft: Draft): Readonly<Record<string, string | number>> {
  const filled = Object.entries(draft).filter(([, it]) => it.trim() !== "");
  return Object.fromEntries(
    filled.map(([name, it]) => {
      const isNumber = NUMBERS.includes(name) && Number.isFinite(Number(it));
      return [name, isNumber ? Number(it) : it.trim()];
    }),
  );
}

/** Text as one word of a POSIX shell. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The line that sends an event; the key stands in the environment, so that no history of a shell holds it. */
export function curlLine(origin: string, event: object): string {
  return [
    `curl ${quoted(`${origin}/events`)}`,
    `-H "Authorization: Bearer $VIDREC_KEY"`,
    `--json ${quoted(JSON.stringify(event))}`,
  ].join(" \\\n  ");
}
