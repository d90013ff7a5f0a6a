/** Glossary: words of replies and of the dashboard that a newcomer may not know, each with its meaning. */
import { FURTHER } from "../domain/adjustments.ts";
import { MODELS } from "../models/models.ts";

/** Words of stages, and of the figures and cards of the dashboard. */
const OTHERS: Readonly<Record<string, string>> = {
  blend: "The score that ranks: all terms, each times its weight. Training fits the weights.",
  shipped: "The blend with the weights that vidrec comes with, before any are fitted.",
  steering: "What the person has asked for more or less of.",
  placeholder: "An upload that says nothing of what it shows: it comes behind all other posts.",
  duplicates: "Leaves out a post that says the same as one before it.",
  diversity: "Spreads posts that are alike over the list.",
  Signals: "Kinds of events: what people do to posts.",
  Snapshot: "Everything that one training has learnt. Lists are ranked by the newest.",
  "To encode": "Texts that are not understood yet: moods and words do not find their posts so far.",
  "Slowest 1 %": "One feed in a hundred takes longer than this.",
  Quality:
    "nDCG@20 on held-out likes: 1 if what people liked next always comes first, 0 if it is never among the first 20.",
  "Errors and fallbacks":
    "A fallback fills a page up where ranking left it short, or a part failed.",
  Factors:
    "What the operator multiplies fitted values by: ×1 leaves them as they are. A larger one makes a weight below 0 count more against a post.",
  Weights: "How much each term counts in the blend; one below 0 counts against a post.",
  Gini: "How unevenly creators are shown: 0 if all as often, 1 if one alone is.",
  "Lorenz curve":
    "The share of all impressions that the least shown creators have together: straight if all are shown as often.",
  Exploration: "Places of lists are set aside for new posts, so that they get to be known.",
  "Slots set aside": "Share of places in which new posts are tried out.",
  "Slots won":
    "Places that went to a new post, in a draw against the post that ranking had put there.",
  "Cold posts": "Posts with which nobody has done anything yet.",
  "Near-duplicates": "Posts whose texts say nearly the same.",
  "Dead categories": "Categories of which nothing was shown, or with which nobody did anything.",
};

export const GLOSSARY: Readonly<Record<string, string>> = {
  ...Object.fromEntries(MODELS.map(({ name, about }) => [name, about])),
  ...FURTHER,
  ...OTHERS,
};
