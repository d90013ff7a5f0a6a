/** Read and write users; find one by what a client calls them. */
import type { Database } from "bun:sqlite";
import type { UserKey } from "../../domain/ids.ts";
import type { User } from "../../domain/user.ts";

/** What learning and folding in read of a user's profile. */
export type Profile = {
  readonly id: UserKey;
  readonly textHash: string;
  /** Posts, following, followers, shares, inspired: raw counts. */
  readonly counters: readonly number[];
};

export type Users = ReturnType<typeof users>;

/** Usernames that differ only in case, width or composition of letters fold to the same string. */
export function foldUsername(username: string): string {
  return username.normalize("NFKC").toLowerCase().trim();
}

/** The user table of `db`. */
export function users(db: Database) {
  const touch = db.query(TOUCH);
  const upsert = db.query(UPSERT);
  const found = FIND.map((sql) => db.query<{ id: UserKey }, [string | number]>(sql));
  const profile = db.query<ProfileRow, [UserKey]>(`${PROFILE} WHERE id = ?`);
  const profiles = db.query<ProfileRow, []>(`${PROFILE} ORDER BY id`);
  const record = db.transaction((batch: readonly User[], scan: number): number =>
    batch.reduce((changed, it) => {
      const values = { ...it, folded: foldUsername(it.username), scan };
      return touch.run(values).changes > 0 ? changed : changed + upsert.run(values).changes;
    }, 0),
  );

  return {
    /**
     * Write a batch as scan `scan` saw it, in one transaction; returns how many of it are new or
     * changed. Withdrawn users come back.
     */
    record: async (batch: readonly User[], scan: number): Promise<number> =>
      record.immediate(batch, scan),
    /**
     * The user a client means by `name`: exact username, then folded, then (all digits) the id;
     * among equals the one with the newest interaction.
     */
    find: async (name: string): Promise<UserKey | undefined> => {
      const [exact, folded, byId] = found;
      return (
        exact!.get(name)?.id ??
        folded!.get(foldUsername(name))?.id ??
        (isId(name) ? byId!.get(Number(name))?.id : undefined)
      );
    },
    /** `undefined` for a user only interactions know of. */
    profile: async (id: UserKey): Promise<Profile | undefined> => {
      const row = profile.get(id);
      return row === null ? undefined : toProfile(row);
    },
    /** Every user's profile, by ascending id. */
    profiles: async (): Promise<Profile[]> => profiles.all().map(toProfile),
  };
}

function isId(name: string): boolean {
  return /^\d{1,16}$/.test(name) && Number.isSafeInteger(Number(name));
}

type ProfileRow = {
  id: UserKey;
  hash: string;
  posts: number;
  following: number;
  followers: number;
  shares: number;
  inspired: number;
};

const PROFILE = `
  SELECT id, coalesce(text_hash, '') AS hash, post_count AS posts, following_count AS following,
    follower_count AS followers, share_count AS shares, inspired_count AS inspired
  FROM user`;

const NEWEST_FIRST = `
  ORDER BY withdrawn_at_ms IS NOT NULL,
    (SELECT max(at_ms) FROM interaction WHERE user_id = user.id) DESC NULLS LAST, id LIMIT 1`;

// An id that only interactions know is a known user too.
const FIND = [
  `SELECT id FROM user WHERE username = ? ${NEWEST_FIRST}`,
  `SELECT id FROM user WHERE username_folded = ? ${NEWEST_FIRST}`,
  `SELECT id FROM user WHERE id = ?1 UNION SELECT user_id FROM interaction WHERE user_id = ?1`,
];

// What is known already is only marked as seen.
const TOUCH = `
  UPDATE user SET last_scan = $scan
  WHERE id = $id AND withdrawn_at_ms IS NULL
    AND (username, bio, role, user_type, post_count, following_count, follower_count, share_count,
      inspired_count)
    IS ($username, $bio, $role, $userType, $postCount, $followingCount, $followerCount, $shareCount,
      $inspiredCount)`;

// A changed text loses its hash, so that the encoder looks at it again.
const UPSERT = `
  INSERT INTO user (id, username, username_folded, bio, role, user_type, post_count,
    following_count, follower_count, share_count, inspired_count, last_scan)
  VALUES ($id, $username, $folded, $bio, $role, $userType, $postCount,
    $followingCount, $followerCount, $shareCount, $inspiredCount, $scan)
  ON CONFLICT DO UPDATE SET
    text_hash = CASE WHEN (bio, role, user_type) IS ($bio, $role, $userType) THEN text_hash END,
    username = $username, username_folded = $folded, bio = $bio, role = $role,
    user_type = $userType, post_count = $postCount, following_count = $followingCount,
    follower_count = $followerCount, share_count = $shareCount, inspired_count = $inspiredCount,
    last_scan = $scan, withdrawn_at_ms = NULL`;

function toProfile(row: ProfileRow): Profile {
  const { id, hash, posts, following, followers, shares, inspired } = row;
  return { id, textHash: hash, counters: [posts, following, followers, shares, inspired] };
}
