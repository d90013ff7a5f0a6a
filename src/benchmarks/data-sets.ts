/** The public data sets of the benchmarks: where each comes from, and which files are read. */
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Files of a data set that some benchmarks read. */
type Files = {
  readonly of: readonly string[];
  readonly names: readonly string[];
  /** Instructions for making them of what is downloaded, in Markdown. */
  readonly recipe: string;
};

/** A data set. None is part of this repository. */
type DataSet = {
  /** Name, address and terms, in Markdown. */
  readonly from: string;
  readonly files: readonly Files[];
};

/** The data sets by the name of their folder. */
export const DATA_SETS: Readonly<Record<string, DataSet>> = {
  "ml-1m": {
    from: "MovieLens-1M, https://grouplens.org/datasets/movielens/1m/ (research only)",
    files: [
      {
        of: ["P1"],
        names: ["ultragcn.train.txt", "ultragcn.test.txt"],
        recipe:
          "`train.txt` and `test.txt` of UltraGCN's code (https://github.com/xue-pai/UltraGCN, `data/ml-1m`) under these names, a line a user: user movie movie …",
      },
      {
        of: ["P2"],
        names: ["ml1m_sequences_by_time.tsv"],
        recipe:
          "made of `ratings.dat`, parted by tabs: columns `userId` and `movieIds_oldest_to_newest`, movies parted by spaces, without those of fewer than five ratings",
      },
      {
        of: ["P6"],
        names: ["infinite_ae.train.txt", "infinite_ae.val.txt", "infinite_ae.test.txt"],
        recipe:
          "the split of ∞-AE's code (https://github.com/noveens/infinite_ae_cf), a line a user: user movie movie …",
      },
    ],
  },
  "kuairand-pure": {
    from: "KuaiRand-Pure, https://kuairand.com (CC BY-SA 4.0)",
    files: [
      {
        of: ["P3", "P3b"],
        names: ["train_sequences.tsv", "val.tsv", "test.tsv", "video_features_basic_pure.csv"],
        recipe:
          "`video_features_basic_pure.csv` as it is; made of its logs, parted by tabs: `train_sequences.tsv` (`user_id`, `watch_seq`, `like_seq`, `long_watch_seq`: the last 50 before 22 April 2022), " +
          "`val.tsv` to 30 April and `test.tsv` after it (`user_id`, `video_id`, `time_ms`, `long_view`, `is_like`, `play_time_ms`, `duration_ms`)",
      },
    ],
  },
  "amazon-magazine": {
    from: "Amazon's magazine reviews in ∞-AE's split, https://github.com/noveens/infinite_ae_cf (research only)",
    files: [
      {
        of: ["P7"],
        names: ["magazine.tsv"],
        recipe:
          "made of its files, parted by tabs: columns `user`, `item`, `unix_s`, `split` (train, val, test)",
      },
    ],
  },
  "ml-latest-small": {
    from: "MovieLens latest small, https://grouplens.org/datasets/movielens/latest/ (its README has terms)",
    files: [
      { of: ["P4", "P5"], names: ["ratings.csv", "movies.csv", "tags.csv"], recipe: "as unpacked" },
    ],
  },
};

/**
 * Says what a benchmark lacks and how to get it; `undefined` if everything is there, or it needs no files.
 *
 * @param folder  The folder of the data sets.
 */
export function missingData(folder: string, benchmark: string): string | undefined {
  for (const [name, { from, files }] of Object.entries(DATA_SETS))
    for (const { names, recipe } of files.filter((it) => it.of.includes(benchmark))) {
      const absent = names.filter((it) => !existsSync(join(folder, name, it)));
      if (absent.length > 0)
        return `${join(folder, name)} has no ${absent.join(", ")}. Get ${from}; the files: ${recipe}.`;
    }
  return undefined;
}
