/** Posts in few words. */
import { read } from "../api.ts";
import { keptById } from "./kept-by-id.ts";
import type { Post } from "./types.ts";

/** The posts of ids. */
export const usePosts = keptById<Post>(async (query) => {
  const { posts } = await read<{ posts: readonly Post[] }>(`/posts?${query}`);
  return posts;
});
