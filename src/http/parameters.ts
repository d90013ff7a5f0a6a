/**
 * Strict reader of query and path parameters. Elysia's own reader takes "0x10" for 16, keeps only the
 * last of two equal keys, and does not always name the field that it refuses.
 */
import { getSchemaValidator, type TSchema } from "elysia";
import { didYouMean, isAlmost } from "../domain/typos.ts";
import { ID_MAX_BYTES, idFault } from "../domain/ids.ts";
import type { FieldError } from "./problem.ts";

/** Schema of parameters, made by Elysia's `t.Object`. */
type Fields = {
  readonly properties: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[] | undefined;
  readonly static: unknown;
};
type Raw = (field: string) => readonly string[];

/** JSON Schema pattern of text without NUL. */
export const WITHOUT_NUL = String.raw`^[^\x00]*$`;
/** JSON Schema pattern of text without NUL that is not only white space. */
export const NOT_BLANK = String.raw`^[^\x00]*[^\s\x00][^\x00]*$`;

/** JSON Schema of a user's or post's id. */
export const ID = {
  format: "id",
  minLength: 1,
  maxLength: ID_MAX_BYTES,
  pattern: String.raw`^[^\x00-\x1f\x7f-\x9f]+$`,
} as const;

/** All invalid parameters of a request. */
export class InvalidParameters extends Error {
  override readonly name = "InvalidParameters";
  readonly errors: readonly FieldError[];
  constructor(errors: readonly FieldError[]) {
    super(errors.map(({ field, message }) => `${field} ${message}`).join("; "));
    this.errors = errors;
  }
}

/**
 * Makes the reader of a route's parameters, and their entries in the OpenAPI document. Unknown keys
 * are ignored, or refused if the route is `closed`.
 */
export function strict<Q extends Fields, P extends Fields>(
  schemas: { query: Q; params?: P },
  { closed = false } = {},
) {
  const readQuery = reader(schemas.query);
  const readParams = reader(schemas.params ?? { properties: {} });
  return {
    /** @throws InvalidParameters */
    read: (url: string, path: Readonly<Record<string, string>> = {}) => {
      const search = new URL(url).searchParams;
      const errors: FieldError[] = [];
      if (closed) errors.push(...unknownKeys(search, schemas.query));
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

function unknownKeys(search: URLSearchParams, { properties }: Fields): FieldError[] {
  const known = Object.keys(properties);
  return [...new Set(search.keys())].flatMap((field) => {
    if (known.includes(field)) return [];
    const meant = didYouMean(known.find((it) => isAlmost(it, field.toLowerCase())));
    return [
      { field, message: `is no parameter of this path: it takes ${known.join(", ")}${meant}` },
    ];
  });
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

/** The plain schema where Elysia's says "this, or a string that can be read as this". */
export function uncoerced(schema: object): TSchema {
  const [asText, plain]: (TSchema | undefined)[] = "anyOf" in schema ? Object(schema.anyOf) : [];
  return (asText?.["format"] === "integer" && plain) || (schema as TSchema);
}

function reader({ properties, required: needed = [] }: Omit<Fields, "static">) {
  const fields = Object.entries(properties).map(([field, schema]) => {
    const { items, type } = schema;
    const isList = type === "array"; // its key may come several times
    const plain = uncoerced(isList ? (items as TSchema) : schema);
    const most: number = isList ? (schema["maxItems"] ?? Infinity) : 1;
    return {
      field,
      plain,
      isList,
      most,
      required: needed.includes(field),
      faultOf: checkOf(plain),
    };
  });
  return (raw: Raw, errors: FieldError[]): Record<string, unknown> => {
    const values: Record<string, unknown> = {};
    for (const { field, plain, isList, most, required, faultOf } of fields) {
      const given = raw(field);
      const list = given.map((text) => typed(plain, text));
      const value = isList && list.length > 0 ? list : list[0];
      const fault =
        value === undefined
          ? required && "is required"
          : list.map(faultOf).find((it) => it !== undefined);
      const times = most === 1 ? "only once" : `at most ${most} times`;
      if (given.length > most) errors.push({ field, message: `must be given ${times}` });
      else if (fault) errors.push({ field, message: fault });
      else if (value !== undefined) values[field] = value;
    }
    return values;
  };
}

/** The check of a schema: the reason to refuse a value, `undefined` for a good one. */
function checkOf(plain: TSchema): (value: unknown) => string | undefined {
  if (plain["format"] === ID.format) return (value) => idFault(String(value));
  const validator = getSchemaValidator(plain);
  return (value) => (validator.Check(value) ? undefined : `must be ${expected(plain)}`);
}

/** The value that a text stands for; the text itself if it is no number or truth value. */
function typed({ type }: TSchema, text: string): unknown {
  if (type === "integer" && /^-?\d+$/.test(text)) return Number(text);
  if (type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

function expected({
  type,
  minimum,
  maximum,
  minLength = 0,
  maxLength,
  enum: names,
}: TSchema): string {
  if (Array.isArray(names)) return `one of ${names.join(", ")}`;
  if (type === "integer")
    return maximum === undefined ? `an integer of at least ${minimum}` : `an integer from ${minimum} to ${maximum}`; // prettier-ignore
  if (type === "boolean") return "true or false";
  return `${minLength} to ${maxLength} characters${minLength > 0 ? ", not only spaces," : ""} without NUL`;
}
