/** The OpenAPI document as tests read it: flat, and without references. */

/** Schema of a parameter. */
export type ParameterSchema = {
  readonly type: "string" | "integer" | "boolean" | "array";
  readonly items?: ParameterSchema;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
};

/** A parameter of an operation. */
export type Parameter = {
  readonly name: string;
  readonly in: "query" | "path";
  readonly required: boolean;
  readonly description: string;
  readonly schema: ParameterSchema;
};

/** A documented response. */
export type Documented = {
  readonly description: string;
  readonly content: Readonly<Record<string, { readonly example: unknown }>>;
  readonly headers?: Readonly<Record<string, unknown>>;
};

/** An operation. */
export type Operation = {
  readonly path: string;
  readonly method: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly requestBody?: { readonly content: Documented["content"] };
  readonly responses: Readonly<Record<string, Documented>>;
};

/** Every operation of a document. */
export function operations(document: object): readonly Operation[] {
  const { paths, components } = document as {
    paths: Record<string, Record<string, Operation>>;
    components: { responses: Record<string, Documented> };
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const responses = Object.entries(operation.responses).map(([status, response]) => {
        const name = "$ref" in response ? String(response.$ref).split("/").at(-1)! : undefined;
        return [status, name === undefined ? response : components.responses[name]];
      });
      const { parameters = [] } = operation;
      return {
        ...operation,
        path,
        method: method.toUpperCase(),
        parameters,
        responses: Object.fromEntries(responses),
      };
    }),
  );
}
