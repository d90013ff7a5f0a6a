/** JSON schemas of rows, for OpenAPI. */
import type { Fields } from "./field.ts";
import { ROWS } from "./fields.ts";
import type { RowName } from "./row.ts";
import type { JsonSchema } from "./value.ts";

/** The schema of a row of `kind`; of a patch if `isPatch`, which has no id and needs nothing. */
export function rowSchema(kind: RowName, { isPatch = false } = {}): JsonSchema {
  const { names: all, required } = ROWS[kind];
  const fields: Fields = ROWS[kind].fields;
  const names = all.filter((name) => !isPatch || name !== "id");
  const schemaOf = (name: string) => ({
    ...fields[name]!.value.schema,
    description: fields[name]!.about,
  });
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, schemaOf(name)])),
    ...(!isPatch && { required }),
    additionalProperties: false,
  };
}
