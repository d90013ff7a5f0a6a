/** Taste: what a feed believes about a person, in numbers and in words. */
import type { PostId, UserId } from "../domain/ids.ts";
import { MIDDLE, SLIDER_NAMES, type Sliders } from "../domain/sliders.ts";
import { isHiding, TARGETS, type Steered } from "../domain/steering.ts";
import type { Audience } from "../ranking/audience.ts";

/** A part of what somebody likes. */
export type Leaning = {
  readonly name: string;
  /** Share of all their liking, 0 to 1. */
  readonly share: number;
  /** Number of posts. */
  readonly liked: number;
  readonly disliked: number;
};

/** A post of somebody's history. */
export type RecentPost = {
  readonly id: PostId;
  readonly title: string;
  /** Confidence that they like it: below 0 for a dislike. One rating of the best is about 1. */
  readonly confidence: number;
};

/** Something that somebody asked for, and how much is left of it: −1 to 1, 0 for what is hidden. */
export type Asked = Steered & { readonly strength: number };

/** A feed's beliefs about a person. */
export type Taste = {
  readonly id: UserId;
  readonly audience: Audience;
  readonly snapshot: string;
  /** Number of posts of the history, and of those liked and disliked. */
  readonly posts: { readonly known: number; readonly liked: number; readonly disliked: number };
  /** The largest first. */
  readonly categories: readonly Leaning[];
  readonly creators: readonly Leaning[];
  /** Moods that are nearer to what they like than to the catalogue, the nearest first. */
  readonly moods: readonly { readonly name: string; readonly nearness: number }[];
  /** The newest first. */
  readonly recent: readonly RecentPost[];
  readonly steering: readonly Asked[];
  readonly sliders: Sliders;
  readonly words: readonly string[];
};

/** Most things that a sentence names. */
const NAMED = 3;
/** Smallest share of somebody's liking that is worth a word. */
const WORTH_SAYING = 0.05;

/** Sentences about a taste, the most telling first; `lately` has the newest post they did something with and like, by its verb. */
export function tasteWords(
  taste: Omit<Taste, "words">,
  lately: { readonly verb: string; readonly title: string } | undefined,
): string[] {
  const { posts, categories, creators, moods, steering, sliders } = taste;
  const disliked = categories.filter((it) => it.liked < it.disliked).map((it) => it.name);
  return [
    posts.liked === 0
      ? "What you like is not known yet, so that your feed is that of a newcomer."
      : `You watched or liked ${posts.liked} of the ${posts.known} posts that are known of you.`,
    ...sentence("Most of it is in", shares(categories)),
    ...sentence("By those who made it:", shares(creators)),
    ...sentence(
      "In mood it is nearest to",
      moods.slice(0, NAMED).map((it) => it.name),
    ),
    ...sentence("Less for you:", disliked.slice(0, NAMED)),
    ...(lately ? [`Lately you ${lately.verb} “${lately.title}”.`] : []),
    ...steering.map((it) =>
      isHiding(it)
        ? `You hide what is ${TARGETS[it.target].words(it.id)}.`
        : `You asked for ${it.way} ${TARGETS[it.target].words(it.id)}: ${percent(Math.abs(it.strength))} of that is left.`,
    ),
    ...SLIDER_NAMES.filter((it) => sliders[it] !== MIDDLE).map(
      (it) => `Your slider of ${it} is at ${sliders[it]} of 1.`,
    ),
  ];
}

const percent = (share: number) => `${Math.round(100 * share)} %`;

const shares = (all: readonly Leaning[]) =>
  all
    .filter((it) => it.share >= WORTH_SAYING)
    .slice(0, NAMED)
    .map(({ name, share }) => `${name} (${percent(share)})`);

function sentence(start: string, named: readonly string[]): string[] {
  if (named.length === 0) return [];
  const last = named.length > 1 ? ` and ${named.at(-1)}` : named[0]!;
  return [`${start} ${named.length > 1 ? named.slice(0, -1).join(", ") : ""}${last}.`];
}
