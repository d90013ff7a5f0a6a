/** Sliders: lasting settings of a person's feed, each from 0 to 1; in the middle it is as the service has it. */

/** THE table of sliders, with what each says. */
export const SLIDERS = {
  variety: "how different the posts of a page are from each other",
  exploration: "how much is tried out that nobody has watched yet",
  freshness: "how much it counts that a post is new",
  popularity: "how much it counts that others like a post",
} as const;

/** The name of a slider. */
export type SliderName = keyof typeof SLIDERS;

/** The sliders of one person. */
export type Sliders = Readonly<Record<SliderName, number>>;

/** The names of all sliders, in the order of the table. */
export const SLIDER_NAMES = Object.keys(SLIDERS) as SliderName[];

/** The middle of a slider: as the service has it. */
export const MIDDLE = 0.5;

/** The sliders of a person who has not moved one. */
export const UNMOVED = Object.fromEntries(SLIDER_NAMES.map((it) => [it, MIDDLE])) as Sliders;
