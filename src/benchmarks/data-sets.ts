/** The public data sets of the benchmarks: where each comes from, and which files are read. */
import { existsSync } from "node:fs";
import { join } from "node:path";

/** A data set. None is part of this repository. */
export type DataSet = {
  /** Name, address and terms, in Markdown. */
  readonly from: string;
  /** Files of each benchmark. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** Instructions for making the files of what is downloaded, in Markdown. */
  readonly recipe: string;
};

/** Ratings, movies and their tags. */
const RATINGS = ["ratings.csv", "movies.csv", "tags.csv"];
/** The logs of KuaiRand, and its facts about videos. */
const LOGS = ["train_sequences.tsv", "val.tsv", "test.tsv", "video_features_basic_pure.csv"];

/** The data sets by the name of their folder. */
export const DATA_SETS: Readonly<Record<string, DataSet>> = {
  "ml-1m": {
    from: "MovieLens-1M, https://grouplens.org/datasets/movielens/1m/ (research only)",
    files: {
      P1: ["ultragcn.train.txt", "ultragcn.test.txt"],
      P2: ["ml1m_sequences_by_time.tsv"],
      P6: ["infinite_ae.train.txt", "infinite_ae.val.txt", "infinite_ae.test.txt"],
    },
    recipe:
      "P1: `train.txt` and `test.txt` of UltraGCN's code (https://github.com/xue-pai/UltraGCN, `data/ml-1m`) under these names, a line a user: user movie movie …. " +
      "P2: made of `ratings.dat`: columns `userId` and `movieIds_oldest_to_newest`, movies parted by spaces, without those of fewer than five ratings. " +
      "P6: the split of ∞-AE's code (https://github.com/noveens/infinite_ae_cf), lines as in P1",
  },
  "kuairand-pure": {
    from: "KuaiRand-Pure, https://kuairand.com (CC BY-SA 4.0)",
    files: { P3: LOGS, P3b: LOGS },
    recipe:
      "`video_features_basic_pure.csv` as it is. Made of its logs, parted by tabs: `train_sequences.tsv` (`user_id`, `watch_seq`, `like_seq`, `long_watch_seq`: the last 50 before 22 April 2022), " +
      "`val.tsv` to 30 April and `test.tsv` after it (`user_id`, `video_id`, `time_ms`, `long_view`, `is_like`, `play_time_ms`, `duration_ms`)",
  },
  "amazon-magazine": {
    from: "Amazon's magazine reviews in ∞-AE's split, https://github.com/noveens/infinite_ae_cf (research only)",
    files: { P7: ["magazine.tsv"] },
    recipe:
      "Made of its files: columns `user`, `item`, `unix_s`, `split` (train, val, test), parted by tabs",
  },
  "ml-latest-small": {
    from: "MovieLens latest small, https://grouplens.org/datasets/movielens/latest/ (its README has terms)",
    files: { P4: RATINGS, P5: RATINGS },
    recipe: "As it is unpacked",
  },
};

/**
 * Says what a benchmark lacks and how to get it; `undefined` if everything is there, or it needs no files.
 *
 * @param folder  The folder of the data sets.
 */
export function missingData(folder: string, benchmark: string): string | undefined {
  for (const [name, { from, files, recipe }] of Object.entries(DATA_SETS)) {
    const absent = (files[benchmark] ?? []).filter((it) => !existsSync(join(folder, name, it)));
    if (absent.length > 0)
      return `${join(folder, name)} has no ${absent.join(", ")}. Get ${from}. ${recipe}.`;
  }
  return undefined;
}
