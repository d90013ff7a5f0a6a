/** Fate of an event, as a word with an icon. */
import { Icon, type IconName } from "../parts/icon.tsx";
import type { Fate } from "./events-types.ts";

const FATES: Readonly<Record<Fate, { readonly icon: IconName; readonly tone: string }>> = {
  accepted: { icon: "check", tone: "good" },
  duplicate: { icon: "copy", tone: "warn" },
  refused: { icon: "cross", tone: "bad" },
};

/** All fates. */
export const FATE_NAMES = Object.keys(FATES) as Fate[];

/** The word in its colour, beside its icon. */
export function FatePill({ fate }: { readonly fate: Fate }) {
  const { icon, tone } = FATES[fate];
  return (
    <span class={`pill fate ${tone}`}>
      <Icon name={icon} />
      {fate}
    </span>
  );
}
