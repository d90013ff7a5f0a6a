/** Identifiers of users and posts. */

/** Identifier given by the upstream API. Never a matrix row: see linalg/vocabulary.ts. */
export type UserId = number & { readonly __brand: "UserId" };
export type PostId = number & { readonly __brand: "PostId" };
