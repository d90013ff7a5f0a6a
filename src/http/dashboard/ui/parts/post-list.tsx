/** Ranked list of posts, each with its place in another list. */
import { PostTile } from "./post-tile.tsx";
import type { Post } from "./types.ts";
import "./post-list.css";

type PostListProps = {
  readonly ids: readonly string[];
  readonly others: readonly string[];
  /** Words for the other list, as they follow a place: "in B". */
  readonly other: string;
  readonly postOf: (id: string) => Post | undefined;
  readonly isLoading?: boolean;
};

export function PostList({ ids, others, other, postOf, isLoading = false }: PostListProps) {
  return (
    <ol class="post-list" aria-busy={isLoading}>
      {ids.map((id, n) => (
        <li key={id}>
          <PostTile id={id} post={postOf(id)} mark={n + 1}>
            <Place at={n + 1} there={others.indexOf(id) + 1} other={other} />
          </PostTile>
        </li>
      ))}
    </ol>
  );
}

type PlaceProps = { readonly at: number; readonly there: number; readonly other: string };

/** Place of a post in the other list; 0 if it is not there. */
function Place({ at, there, other }: PlaceProps) {
  if (there === 0) return <span class="pill">{`not ${other}`}</span>;
  if (at === there) return <span class="pill good">{`same place ${other}`}</span>;
  return <span class="pill">{`${there} ${other}`}</span>;
}
