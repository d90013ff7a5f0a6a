/** Words for signals beside their names, as apps that speak Gorse's REST use them. */
import { isSignal, type SignalName } from "./known-signals.ts";
import type { BuiltIn } from "./signals.ts";

const SYNONYMS: Readonly<Record<string, BuiltIn>> = {
  read: "view",
  watch: "view",
  play: "view",
  open: "view",
  click: "view",
  star: "like",
  favorite: "like",
  favourite: "like",
  heart: "like",
  upvote: "like",
  repost: "share",
  save: "bookmark",
  dislike: "less",
};

/** The signal of a name or of a plain synonym; `undefined` for any other word. */
export function signalMeant(word: string): SignalName | undefined {
  if (isSignal(word)) return word;
  return Object.hasOwn(SYNONYMS, word) ? SYNONYMS[word] : undefined;
}
