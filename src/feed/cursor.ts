/** Cursor: the place in a ranked list where the next page begins, as text that clients hand back. */

/** A place in a list. */
export type Cursor = {
  /** Token of the feed session. */
  readonly list: string;
  /** Index of the next row in the list. */
  readonly from: number;
  /** Number of posts on the pages before. */
  readonly served: number;
};

/** Opaque text of a cursor. */
export function cursorText({ list, from, served }: Cursor): string {
  return `${list}.${from}.${served}`;
}

/** The cursor of a text; one that was made up names a list that is never found. */
export function cursorOf(text: string): Cursor {
  const [, list, from, served] = /^([\w-]+)\.(\d{1,9})\.(\d{1,9})$/.exec(text) ?? [];
  return { list: list ?? "", from: Number(from ?? 0), served: Number(served ?? 0) };
}
