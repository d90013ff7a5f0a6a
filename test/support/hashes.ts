/** Hashes of texts, given as the encoder would, by functions that tests choose. */
import type { PostText, Texts, UserText } from "../../src/data/texts.ts";

/** Gives every post without a hash one. */
export async function hashPosts(texts: Texts, hashOf: (post: PostText) => string): Promise<void> {
  for (let rows; (rows = await texts.postsToHash(5_000)).length > 0;)
    await texts.keepPostHashes(rows.map((row) => ({ ...row, hash: hashOf(row) })));
}

/** Gives every user without a hash one. */
export async function hashUsers(texts: Texts, hashOf: (user: UserText) => string): Promise<void> {
  for (let rows; (rows = await texts.usersToHash(5_000)).length > 0;)
    await texts.keepUserHashes(rows.map((row) => ({ ...row, hash: hashOf(row) })));
}
