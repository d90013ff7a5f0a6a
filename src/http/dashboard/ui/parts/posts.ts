/** Posts in few words. */
import type { PostsReply } from "../../../routes/search.ts";
import { read } from "../api.ts";
import { keptById } from "./kept-by-id.ts";
import type { Post } from "./types.ts";

/** The posts of ids. */
export const usePosts = keptById<Post>(async (query) => {
  const { posts } = await read<PostsReply>(`/posts?${query}`);
  return posts;
});
