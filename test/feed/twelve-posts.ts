/** Recommendations of a catalogue of twelve posts, new for each test. */
import { afterEach, beforeEach } from "bun:test";
import type { PostId, UserId } from "../../src/domain/ids.ts";
import type { Recommendations, RecommendationsRequest } from "../../src/feed/contract.ts";
import { encodeWords, openWorld } from "../support/feeds.ts";
import { temporaryFolder } from "../support/folder.ts";
import { AS_OF_MS } from "../support/model.ts";

/** The posts. */
export const POSTS = Array.from({ length: 12 }, (_, n) => ({ category: n % 2 ? "a" : "b" }));
/** Their ids. */
export const ALL = POSTS.map((_, n) => String(101 + n));

type Asked = Omit<Partial<RecommendationsRequest>, "user" | "exclude"> & {
  readonly user?: string;
  readonly exclude?: readonly string[];
};

/** Ids on a page. */
export const idsIn = ({ items }: Recommendations) => items.map((it) => it.id as string);

/** Sets up a test file. */
export function twelvePosts() {
  let folder: ReturnType<typeof temporaryFolder>;
  let world: ReturnType<typeof openWorld>;
  let clockMs: number;
  let served: ReturnType<typeof world.serve>;
  beforeEach(async () => {
    folder = temporaryFolder();
    world = openWorld(folder.path, POSTS);
    clockMs = AS_OF_MS;
    await world.fill();
    await world.user(41, "ada");
    world.learn();
    served = process();
  });
  afterEach(() => {
    world[Symbol.dispose]();
    folder[Symbol.dispose]();
  });

  const process = () => world.serve(encodeWords, () => clockMs);

  async function recommend(asked: Asked = {}, by = served): Promise<Recommendations> {
    const page = await by.recommend({
      ...{ category: undefined, mood: undefined, session: undefined, cursor: undefined },
      ...{ limit: 5, cards: false, explain: false, ...asked },
      user: (asked.user ?? "stranger") as UserId,
      exclude: (asked.exclude ?? []) as PostId[],
    });
    return page!;
  }

  /** Follows the cursor to the end; `between` happens before each page but the first. */
  async function walk(
    asked: Asked = {},
    between: (page: number) => unknown = () => {},
    by = served,
  ) {
    const pages = [await recommend(asked, by)];
    for (let cursor; (cursor = pages.at(-1)!.cursor) !== undefined;) {
      await between(pages.length + 1);
      pages.push(await recommend({ ...asked, cursor }, by));
    }
    return { pages, ids: pages.flatMap(idsIn) };
  }
  return {
    process,
    recommend,
    walk,
    /** Sets the clock, in milliseconds after the snapshot was learnt. */
    setClock: (ms: number) => void (clockMs = AS_OF_MS + ms),
    get world() {
      return world;
    },
    get served() {
      return served;
    },
  };
}
