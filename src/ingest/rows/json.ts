/** JSON in which integers beyond 2^53 keep all their digits, as ids of other systems have them. */

/** An integer that a double can't hold, as its digits; `JSON.stringify` writes it unchanged. */
export type BigNumber = { readonly rawJSON: string };

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;
// The types of TypeScript's library lack what ECMAScript's "JSON.parse source text access" added.
const { parse, rawJSON, isRawJSON } = JSON as unknown as {
  readonly parse: (text: string, reviver?: Reviver) => unknown;
  readonly rawJSON: (text: string) => BigNumber;
  readonly isRawJSON: (value: unknown) => value is BigNumber;
};

/** True of an integer that {@link parseJson} could not hold in a double. */
export const isBigNumber = isRawJSON;

/** A number from its digits, exactly. */
export function exactNumber(digits: string): number | BigNumber {
  const value = Number(digits);
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(digits) ? value : rawJSON(digits);
}

const keepDigits: Reviver = (_key, value, { source }) =>
  typeof value === "number" ? exactNumber(source!) : value;

/** Texts without so many digits in a row hold no integer beyond 2^53. */
const LONG_NUMBER = /\d{16}/;

/**
 * A JSON text as a value; integers beyond 2^53 as {@link BigNumber}.
 *
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  return LONG_NUMBER.test(text) ? parse(text, keepDigits) : parse(text);
}

/** The value of a JSON text; a text that is none as it is. */
export function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
