/** A dataset whose people stay at home: nine in ten of what anybody touched is of one category. */
import { onlyThose } from "../../src/evaluation/histories.ts";
import type { Dataset } from "../../src/training/dataset.ts";
import { seededRandom } from "../../src/linalg/random.ts";

const CATEGORIES = 6;
/** Each round files posts where those who touch them are at home, and people where their posts are. */
const ROUNDS = 12;
/** Share of what people touch elsewhere that is left. */
const ELSEWHERE = 0.15;

/** The posts filed by who touches them, without most of what people touched elsewhere. */
export function atHome(data: Dataset, seed: number): Dataset {
  const { posts, histories } = data;
  const { userKeys, rowStart, postKeys } = histories;
  const rowOf = new Map(Array.from(posts.keys, (id, row) => [id, row]));
  const users = [...userKeys.keys()].map((user) => {
    const ids = new Set(postKeys.subarray(rowStart[user]!, rowStart[user + 1]!));
    return [...ids].map((id) => rowOf.get(id)!);
  });
  let filed = posts.keys.map((_, row) => row % CATEGORIES);
  let homes: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const sizes = counts(filed);
    homes = users.map((rows) => best(counts(rows.map((row) => filed[row]!)), sizes));
    const visitors: number[][] = Array.from(posts.keys, () => []);
    for (const [user, rows] of users.entries())
      for (const row of rows) visitors[row]!.push(homes[user]!);
    filed = filed.map((before, row) =>
      visitors[row]!.length > 0 ? best(counts(visitors[row]!)) : before,
    );
  }
  const random = seededRandom(seed);
  const userOf = users.flatMap((_, user) =>
    Array<number>(rowStart[user + 1]! - rowStart[user]!).fill(user),
  );
  const stays = (n: number) => filed[rowOf.get(postKeys[n]!)!] === homes[userOf[n]!];
  return {
    ...data,
    posts: {
      ...posts,
      categories: Array.from(filed, (it) => [{ id: it + 1, name: `Home ${it + 1}` }]),
    },
    histories: onlyThose(histories, (n) => stays(n) || random() < ELSEWHERE),
  };
}

function counts(categories: ArrayLike<number>): number[] {
  const out = new Array<number>(CATEGORIES).fill(0);
  for (let n = 0; n < categories.length; n++) out[categories[n]!]!++;
  return out;
}

/** The category with most in it; against `sizes`, so that the largest does not take everything. */
function best(count: readonly number[], sizes?: readonly number[]): number {
  const worth = count.map((it, n) => it / Math.sqrt((sizes?.[n] ?? 0) + 50));
  return worth.indexOf(Math.max(...worth));
}

/** Mean share of their largest category in the histories of people with ten posts and more. */
export function ofOneCategory({
  posts,
  histories: { rowStart, postKeys, userKeys },
}: Dataset): number {
  const categoryOf = new Map(
    Array.from(posts.keys, (id, row) => [id, posts.categories[row]![0]!.id!]),
  );
  const shares = [...userKeys.keys()].flatMap((user) => {
    const ids = [...new Set(postKeys.subarray(rowStart[user]!, rowStart[user + 1]!))];
    const most = Math.max(...counts(ids.map((id) => categoryOf.get(id)! - 1)));
    return ids.length < 10 ? [] : [most / ids.length];
  });
  return shares.reduce((sum, it) => sum + it, 0) / shares.length;
}
