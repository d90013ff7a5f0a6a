/**
 * Strict reading of query and path parameters. Elysia's own coercion takes "0x10" for 16, the last
 * of two equal keys for the only one, and can't always name the field it refuses.
 */
import { getSchemaValidator, type TSchema } from "elysia";
import type { FieldError } from "./problem.ts";

/** A schema of parameters, as Elysia's `t.Object` makes them. */
type Fields = {
  readonly properties: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[] | undefined;
  readonly static: unknown;
};
type Raw = (field: string) => readonly string[];

/** Characters that text parameters may not hold, as a JSON schema pattern: all but NUL are fine. */
export const WITHOUT_NUL = String.raw`^[^\x00]*$`;
/** The same for text that must hold more than white space. */
export const NOT_BLANK = String.raw`^[^\x00]*[^\s\x00][^\x00]*$`;

/** Parameters that a request got wrong: all of them, so one answer fixes them all. */
export class InvalidParameters extends Error {
  override readonly name = "InvalidParameters";
  readonly errors: readonly FieldError[];
  constructor(errors: readonly FieldError[]) {
    super(errors.map(({ field, message }) => `${field} ${message}`).join("; "));
    this.errors = errors;
  }
}

/**
 * Reads the parameters of a route, which needs nothing of Elysia but to find it. Unknown keys are
 * ignored.
 *
 * @returns what reads them, and how they are documented.
 */
export function strict<Q extends Fields, P extends Fields>(schemas: { query: Q; params?: P }) {
  const readQuery = reader(schemas.query);
  const readParams = reader(schemas.params ?? { properties: {} });
  return {
    /** @throws InvalidParameters */
    read: (url: string, path: Readonly<Record<string, string>> = {}) => {
      const search = new URL(url).searchParams;
      const errors: FieldError[] = [];
      const query = readQuery((field) => search.getAll(field), errors);
      const params = readParams((field) => [String(path[field])], errors);
      if (errors.length > 0) throw new InvalidParameters(errors);
      return { query: query as Q["static"], params: params as P["static"] };
    },
    parameters: [
      ...(schemas.params ? documented("path", schemas.params) : []),
      ...documented("query", schemas.query),
    ],
  };
}

function documented(place: "query" | "path", { properties, required = [] }: Fields) {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: required.includes(name),
    description: schema.description ?? "",
    schema,
  }));
}

/** What a client must send, where Elysia's schema says "this, or a string that reads as this". */
export function uncoerced(schema: object): TSchema {
  const [asText, plain]: (TSchema | undefined)[] = "anyOf" in schema ? Object(schema.anyOf) : [];
  return (asText?.["format"] === "integer" && plain) || (schema as TSchema);
}

function reader({ properties, required: needed = [] }: Omit<Fields, "static">) {
  const fields = Object.entries(properties).map(([field, schema]) => {
    const plain = uncoerced(schema);
    return {
      field,
      plain,
      required: needed.includes(field),
      validator: getSchemaValidator(plain),
    };
  });
  return (raw: Raw, errors: FieldError[]): Record<string, unknown> => {
    const values: Record<string, unknown> = {};
    for (const { field, plain, required, validator } of fields) {
      const [text, ...more] = raw(field);
      const value = typed(plain, text);
      if (more.length > 0) errors.push({ field, message: "must be given only once" });
      else if (value !== undefined && !validator.Check(value))
        errors.push({ field, message: `must be ${expected(plain)}` });
      else if (value === undefined && required) errors.push({ field, message: "is required" });
      else if (value !== undefined) values[field] = value;
    }
    return values;
  };
}

/** The value a text stands for; the text itself, which no schema but a string's takes, if none. */
function typed({ type }: TSchema, text: string | undefined): unknown {
  if (type === "integer" && text !== undefined && /^-?\d+$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

function expected({ type, minimum, maximum, minLength = 0, maxLength }: TSchema): string {
  if (type === "integer") return `an integer from ${minimum} to ${maximum}`;
  if (type === "boolean") return "true or false";
  return `${minLength} to ${maxLength} characters${minLength > 0 ? ", not only spaces," : ""} without NUL`;
}
