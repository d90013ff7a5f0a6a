/** Objects of known fields, as clients send them. */
import { expected, Refusal } from "./refusal.ts";

/** An object that has no other fields than `names`; those that are `null` count as absent. */
export function objectOf(
  value: unknown,
  field: string,
  names: readonly string[],
): Readonly<Record<string, unknown>> | Refusal {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return new Refusal(field, expected("an object", value).detail);
  const other = Object.keys(value).find((it) => !names.includes(it));
  if (other !== undefined)
    return new Refusal(other.slice(0, 100).toWellFormed(), `expected one of the fields ${names.join(", ")}`); // prettier-ignore
  return Object.fromEntries(Object.entries(value).filter(([, it]) => it !== null));
}
