/** The scope that each route needs: declared in its `detail.security`, or by its method. */
import type { DocumentDecoration } from "elysia";
import type { Scope } from "../domain/api-key.ts";

type Security = NonNullable<DocumentDecoration["security"]>;
/** Declaration of a route. */
export type Declared = { readonly security?: Security };
type Operation = Declared & { readonly responses?: object };

/** `security` of a route that anybody may call, always. */
export const OPEN: Security = [];

/** `security` of a route that needs another scope than its method says: GET read, the others write. */
export const needs = (scope: Scope): Security => [{ bearer: [scope] }, { header: [scope] }];

/** `security` of a read of what single people have said and done: it is not for a key in a public page. */
export const PERSONAL = needs("write");

/** Need of a request: a key of a scope, or none. */
export type Needed = Scope | "open";

/** The need of a route, by its method and its `detail`. */
export function neededBy(method: string, { security }: Declared = {}): Needed {
  const isRead = ["GET", "HEAD"].includes(method.toUpperCase());
  const [first] = security ?? needs(isRead ? "read" : "write");
  return first === undefined ? "open" : (first["bearer"]![0] as Scope);
}

/** The two ways to send a key, for the OpenAPI document. */
export const securitySchemes = {
  bearer: {
    type: "http",
    scheme: "bearer",
    description:
      "A key that `vidrec keys add` has printed. Every operation names the scope it needs; write " +
      "includes read, admin both. While no key has been made, whoever reaches the port may read, and requests of this machine itself may do all else while HOST is a loopback address.",
  },
  header: { type: "apiKey", in: "header", name: "X-API-Key", description: "The same key." },
};

/** Problems of operations that need a key. */
const REFUSALS = Object.fromEntries(
  [
    ["401", "unauthorized"],
    ["403", "forbidden"],
    ["429", "too-many-requests"],
    ["503", "not-ready"], // where keys can't be read
  ].map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
);

/** The OpenAPI document with the security of every operation, and the refusals that come with it. */
export function withSecurity<T extends { readonly paths: object }>(document: T): T {
  const paths = Object.entries(document.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries<Operation>(operations).map(([method, it]) => {
        const needed = neededBy(method, it);
        const own = needed === "open" ? {} : REFUSALS;
        const security = needed === "open" ? OPEN : needs(needed);
        return [method, { ...it, security, responses: { ...own, ...it.responses } }];
      }),
    ),
  ]);
  return { ...document, paths: Object.fromEntries(paths) };
}
