/** Glossary: words of replies and of the dashboard that a newcomer may not know, each with its meaning. */
import { FURTHER } from "../domain/adjustments.ts";
import { MODELS } from "../models/models.ts";

/** Words that are no model's and multiply nothing. */
const OTHERS: Readonly<Record<string, string>> = {
  blend: "The score that ranks: all terms, each times its weight. Training fits the weights.",
  shipped: "The blend with the weights that vidrec comes with, before any are fitted.",
  steering: "What the person has asked for more or less of.",
  placeholder: "An upload that says nothing of what it shows: it comes behind all other posts.",
  duplicates: "Leaves out a post that says the same as one before it.",
  diversity: "Spreads posts that are alike over the list.",
  snapshot: "Everything that one training has learnt. Lists are ranked by the newest.",
  "nDCG@20":
    "Quality of lists: 1 if what people liked next always comes first, 0 if it is never among the first 20.",
  "held-out": "Newest events that training has not seen: lists are judged by them.",
  "95 % interval": "Where the true figure very likely lies. Wide if few cases were counted.",
  Gini: "How unevenly creators are shown: 0 if all as often, 1 if one alone is.",
  "Lorenz curve":
    "The share of all impressions that the least shown creators have together. Straight if all are shown as often.",
  "Slots set aside": "Places of lists in which new posts are tried out.",
  "Slots won": "Places that went to a new post, in a draw against the post that ranking had put there.", // prettier-ignore
  "Cold posts": "Posts with which nobody has done anything yet.",
  "Near-duplicates": "Posts whose texts say nearly the same.",
};

/** THE glossary: meanings by word. */
export const GLOSSARY: Readonly<Record<string, string>> = {
  ...Object.fromEntries(MODELS.map(({ name, about }) => [name, about])),
  ...FURTHER,
  ...OTHERS,
};
