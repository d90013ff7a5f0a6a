/** Ids of users and posts: strings outside the program, dense integers inside it. */

/** A user's number in the store. It is never shown, and is never a matrix row. */
export type UserKey = number & { readonly __brand: "UserKey" };

/** A post's number in the store. It is never shown, and is never a matrix row: see linalg/vocabulary.ts. */
export type PostKey = number & { readonly __brand: "PostKey" };

/** A user's id as apps write it: see {@link idFault}. */
export type UserId = string & { readonly __brand: "UserId" };

/** A post's id as apps write it: see {@link idFault}. */
export type PostId = string & { readonly __brand: "PostId" };

/** Longest id, in bytes of UTF-8. */
export const ID_MAX_BYTES = 128;

/** The reason why `text` can't be an id, in words that follow "id"; `undefined` if it can. */
export function idFault(text: string): string | undefined {
  if (text === "") return "is empty";
  if (!text.isWellFormed()) return "is not well-formed Unicode";
  if (/\p{Cc}/u.test(text)) return "contains a control character";
  const bytes = Buffer.byteLength(text);
  return bytes > ID_MAX_BYTES
    ? `has ${bytes} bytes; at most ${ID_MAX_BYTES} are allowed`
    : undefined;
}

/** An id in JSON as `/feed` sends it: numbers, as Socialverse's are, with every digit; others as text. */
export function idJson(id: string): string {
  return /^(?:0|[1-9]\d*)$/.test(id) ? id : JSON.stringify(id);
}
