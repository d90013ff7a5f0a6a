/** Creators of a service in memory: ada, of whose two posts one was shown. */
import type { PostId } from "../../src/domain/ids.ts";
import { addPerson, noSums, wilson } from "../../src/evaluation/wilson.ts";
import { concentrationOf } from "../../src/evaluation/concentration.ts";
import type { CreatorsService } from "../../src/feed/creators/creators.ts";

const DAY_MS = 86_400_000;
const spanOf = (days: number) => ({ days, sinceMs: 0, untilMs: days * DAY_MS });
const sums = noSums();
addPerson(sums, 3, 12);
const rate = wilson(sums);
const outcomes = { impressions: 12, plays: rate, completion: undefined, likes: rate, skips: rate };
const ada = { id: "ada", posts: 2, servable: 2, shown: 1, impressions: 12, people: 1, share: 1 };
const absent = { reason: "not_shown", words: "no list had it" };
const post = { id: "1" as PostId, title: "post 1", createdAtMs: 0 };

/** Their part of a service. */
export const fakeCreators: CreatorsService = {
  catalogueHealth: async (days) => ({
    ...{ ...spanOf(days), pages: 1, impressions: 12, unattributed: 0 },
    creators: { ...concentrationOf(Uint32Array.of(12)), count: 1, shown: 1 },
    firstImpressions: {
      ...{
        count: 100,
        posts: 2,
        reached: 1,
        longestMs: DAY_MS,
        quarterMs: DAY_MS / 2,
        medianMs: undefined,
      },
      curve: [{ time: DAY_MS / 2, share: 0.5 }],
    },
    exploration: {
      ...{ share: 0.05, impressions: 20, days: 7, won: 1 },
      posts: { waiting: 1, trial: 1, graduated: 0, retired: 0 },
    },
    duplicates: {
      groups: 1,
      repeats: 1,
      largest: [{ size: 2, posts: [{ id: post.id, title: post.title }] }],
    },
    categories: {
      count: 2,
      dead: [
        { name: "Chess", posts: 3, impressions: 0, lastDay: 1 },
        { name: "Rye", posts: 1, impressions: 0, lastDay: undefined },
      ],
    },
    cold: { posts: 1, ages: [{ fromDays: 0, posts: 1, shown: 0 }], longest: [post] },
  }),
  creators: async ({ days, text }) => {
    const creators = "ada".includes(text) ? [ada] : [];
    return { ...spanOf(days), total: creators.length, creators };
  },
  creator: async ({ id, days }) =>
    id !== "ada"
      ? "unknown creator"
      : {
          ...{ ...spanOf(days), ...ada, rank: 1, creators: 1, outcomes, hiddenBy: 2 },
          sources: [{ name: "popular", impressions: 12 }],
          absent: [{ ...absent, posts: 1 }],
          items: [
            {
              ...post,
              ...outcomes,
              people: 1,
              stage: undefined,
              repeats: undefined,
              absent: [absent],
            },
          ],
        },
};
