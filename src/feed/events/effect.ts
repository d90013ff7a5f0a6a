/** Effect of a stored event on its person's feed: what differs between the list just before it and just after. */
import type { HeldEvent } from "../../data/log-entries.ts";
import type { PostId } from "../../domain/ids.ts";

/** A score term that changed. */
export type TermChange = { readonly name: string; readonly before: number; readonly after: number };

/** A post whose place differs. */
export type Change = {
  readonly row: number;
  /** Into the first posts, out of them, or to another place among them. */
  readonly change: "entered" | "left" | "moved";
  /** From 1; `undefined` where the list does not have it. */
  readonly rankBefore: number | undefined;
  readonly rankAfter: number | undefined;
  /** The term that did most of it; `undefined` if it was another reason. */
  readonly term: TermChange | undefined;
  /** The reason in words. */
  readonly words: string;
};

/** Effect of one event. */
export type Effect = {
  readonly event: HeldEvent;
  /** Id of the snapshot that ranked both lists. */
  readonly snapshot: string;
  /** The first posts of both lists. */
  readonly before: readonly PostId[];
  readonly after: readonly PostId[];
  /** Posts among the first of one of them at least, whose place differs; the first in the new list come first. */
  readonly changes: readonly (Omit<Change, "row"> & { readonly id: PostId })[];
  /** All in one sentence. */
  readonly words: string;
};
