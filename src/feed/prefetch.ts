/** Prefetch: how many posts of a page an app may load ahead, for how long, and which events end that. */
import { signalNames, signalOf, type SignalName } from "../domain/known-signals.ts";
import { SESSION_MS } from "./session-cache.ts";

/** Posts that an app may load ahead. */
export type Prefetch = {
  /** Posts from the beginning of the page. */
  readonly posts: number;
  readonly holdMs: number;
  /** Kinds of events after which the app should ask for another list. */
  readonly voidOn: readonly SignalName[];
};

/** Posts to load ahead of a page: the posts before the first that expires while its list is kept. */
export function prefetchOf(
  posts: readonly { readonly expiresAtMs: number | null }[],
  nowMs: number,
): Prefetch {
  const until = nowMs + SESSION_MS;
  const first = posts.findIndex((it) => it.expiresAtMs !== null && it.expiresAtMs <= until);
  return {
    posts: first < 0 ? posts.length : first,
    holdMs: SESSION_MS,
    voidOn: signalNames().filter(isAboutTheList),
  };
}

/** True for what takes posts out of the list, and for requests about posts that need not have been watched. */
function isAboutTheList(name: SignalName): boolean {
  const { strength, isSeen } = signalOf(name);
  return strength.isAbsolute === true || (!isSeen && strength.weight !== 0);
}
