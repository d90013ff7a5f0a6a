/** Refusals: why a row, or a value of it, is not taken. */

/** The field at fault, and what would be right in its place. */
export class Refusal {
  /** The field's name; "" if the fault is the row itself. */
  readonly field: string;
  /** One clause without a full stop: "expected …, got …". */
  readonly detail: string;

  constructor(field: string, detail: string) {
    this.field = field;
    this.detail = detail;
  }
}

/** The refusal of a value whose field is not known yet. */
export function refused(detail: string): Refusal {
  return new Refusal("", detail);
}

/** The refusal of `value`, which is not `what`. */
export function expected(what: string, value: unknown): Refusal {
  return refused(`expected ${what}, got ${shown(value)}`);
}

/** The part of a detail that says what would be right, without anything that was sent. */
export function wantedIn(detail: string): string {
  return detail.split(/, (?:got|but it) /)[0]!;
}

/** Longest piece of a sender's text in a refusal, in characters. */
const SHOWN_LENGTH_MAX = 40;

/** A value in a refusal: short ones as they are, others by their type or length. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value !== "string")
    return typeof value === "object" && value !== null ? "an object" : String(value);
  return value.length > SHOWN_LENGTH_MAX
    ? `text of ${value.length} characters`
    : JSON.stringify(value);
}
