/** The users in SQLite, and the lookup of a name that a client gives. */
import type { Database } from "bun:sqlite";
import type { UserId, UserKey } from "../../domain/ids.ts";
import type { User } from "../../domain/user.ts";
import type { Profile, StoredUser, Users } from "../catalogue.ts";
import type { Changes } from "../changes.ts";
import { OWN_DATA } from "../contract.ts";
import { catalogueBump } from "./catalogue-version.ts";
import { keyGiver, NO_SCAN } from "./ids.ts";

/** Usernames that differ only in case, width or composition of letters fold to the same string. */
export function foldUsername(username: string): string {
  return username.normalize("NFKC").toLowerCase().trim();
}

/** The user table of `db`. */
export function users(db: Database): Users {
  const touch = db.query(TOUCH);
  const upsert = db.query(UPSERT);
  const find = (where: string) => db.query<{ key: UserKey }, [string]>(`SELECT key FROM ${where}`);
  const found = {
    exact: find(`user WHERE username = ? ${NEWEST_FIRST}`),
    folded: find(`user WHERE username_folded = ? ${NEWEST_FIRST}`),
    id: find("user_id WHERE id = ?"), // one that only events name has no profile
  };
  const hasUpstream = db.query<unknown, [string]>(
    "SELECT 1 FROM meta WHERE name = 'upstream' AND value <> ?",
  );
  const bump = catalogueBump(db);
  const keyOf = keyGiver<UserId, UserKey>(db, "user_id");
  const profile = db.query<ProfileRow, [UserKey]>(`${PROFILE} WHERE key = ?`);
  const count = db.query<{ n: number }, []>(
    `SELECT count(*) AS n FROM user_id WHERE ${NOT_ERASED}`,
  );
  const profiles = db.query<ProfileRow, []>(`${PROFILE} ORDER BY key`);
  const stored = db.query<StoredRow, [string]>(`${STORED} WHERE id = ?`);
  const after = db.query<StoredRow, [string, number]>(
    `${STORED} WHERE id > ? AND ${NOT_ERASED} ORDER BY id LIMIT ?`,
  );
  const record = db.transaction((batch: readonly User[], scan: number): number => {
    let changed = 0;
    for (const user of batch) {
      const values = row(user, keyOf(user.id), scan);
      if (touch.run(values).changes === 0) changed += upsert.run(values).changes;
    }
    if (changed > 0) bump();
    return changed;
  });

  return {
    record: async (batch, scan) => record.immediate(batch, scan),
    find: async (name) => {
      const byId = found.id.get(name)?.key;
      if (byId !== undefined && hasUpstream.get(OWN_DATA) === null) return byId;
      return found.exact.get(name)?.key ?? found.folded.get(foldUsername(name))?.key ?? byId;
    },
    count: async () => count.get()!.n,
    profile: async (key) => {
      const row = profile.get(key);
      return row === null ? undefined : toProfile(row);
    },
    profiles: async () => profiles.all().map(toProfile),
    stored: async (id) => {
      const row = stored.get(id);
      return row === null ? undefined : toStored(row);
    },
    after: async (id, count) => after.all(id, count).map(toStored),
  };
}

/** Changes of the user table that clients ask for; called inside a transaction. */
export function userChanges(db: Database): Pick<Changes, "pushUsers" | "replaceUser"> {
  const upsert = db.query(UPSERT);
  const isSent = db.query<object, [string, UserKey]>(
    "SELECT 1 FROM user WHERE sent = ? AND key = ?",
  );
  const sentOf = db.query<{ sent: string | null }, [UserId]>(
    "SELECT sent FROM user_id JOIN user USING (key) WHERE id = ?",
  );
  const bump = catalogueBump(db);
  const keyOf = keyGiver<UserId, UserKey>(db, "user_id");
  const pushUsers = (batch: readonly User[]): number => {
    const isNew = (it: User) => isSent.get(it.sent ?? "", keyOf(it.id)) === null;
    const changed = batch.filter(
      (it) => isNew(it) && upsert.run(row(it, keyOf(it.id), NO_SCAN)).changes > 0,
    ).length;
    if (changed > 0) bump();
    return changed;
  };
  return {
    pushUsers,
    replaceUser: (user, before) => {
      const stored = sentOf.get(user.id);
      if (before === undefined ? stored !== null : stored?.sent !== before) return false;
      pushUsers([user]);
      return true;
    },
  };
}

function row({ id: _, ...plain }: User, key: UserKey, scan: number) {
  return { sent: null, ...plain, key, folded: foldUsername(plain.username), scan };
}

type StoredRow = {
  key: UserKey;
  id: UserId;
  sent: string | null;
  username: string | null;
  bio: string | null;
  facts: string | null;
};

// An erased user keeps a key, whose id begins with a control character: none of an app's does.
const NOT_ERASED = "id NOT BETWEEN char(127) AND char(128)";

const STORED = `
  SELECT key, id, sent, username, bio,
    CASE WHEN username IS NOT NULL THEN json_object('role', role, 'user_type', user_type,
      'post_count', post_count, 'following_count', following_count, 'follower_count', follower_count,
      'share_count', share_count, 'inspired_count', inspired_count) END AS facts
  FROM user_id LEFT JOIN user USING (key)`;

function toStored({ sent, username, bio, facts, ...ids }: StoredRow): StoredUser {
  return {
    ...ids,
    sent: sent ?? undefined,
    username: username ?? undefined,
    bio: bio ?? undefined,
    ...(facts !== null && { facts: JSON.parse(facts) as StoredUser["facts"] & object }),
  };
}

type ProfileRow = {
  key: UserKey;
  hash: string;
  posts: number;
  following: number;
  followers: number;
  shares: number;
  inspired: number;
};

const PROFILE = `
  SELECT key, coalesce(text_hash, '') AS hash, post_count AS posts, following_count AS following,
    follower_count AS followers, share_count AS shares, inspired_count AS inspired
  FROM user`;

const NEWEST_FIRST = `
  ORDER BY withdrawn_at_ms IS NOT NULL,
    (SELECT min(at_ms, received_at_ms) FROM event WHERE event.user = user.key ORDER BY seq DESC LIMIT 1)
      DESC NULLS LAST, key LIMIT 1`;

// An unchanged user is only marked as seen.
const TOUCH = `
  UPDATE user SET last_scan = $scan
  WHERE key = $key AND withdrawn_at_ms IS NULL AND sent IS NULL
    AND (username, bio, role, user_type, post_count, following_count, follower_count, share_count,
      inspired_count)
    IS ($username, $bio, $role, $userType, $postCount, $followingCount, $followerCount, $shareCount,
      $inspiredCount)`;

// A changed text loses its hash, so that the encoder looks at it again.
const UPSERT = `
  INSERT INTO user (key, username, username_folded, bio, role, user_type, post_count,
    following_count, follower_count, share_count, inspired_count, last_scan, sent)
  VALUES ($key, $username, $folded, $bio, $role, $userType, $postCount,
    $followingCount, $followerCount, $shareCount, $inspiredCount, $scan, $sent)
  ON CONFLICT DO UPDATE SET
    text_hash = CASE WHEN (bio, role, user_type) IS ($bio, $role, $userType) THEN text_hash END,
    username = $username, username_folded = $folded, bio = $bio, role = $role,
    user_type = $userType, post_count = $postCount, following_count = $followingCount,
    follower_count = $followerCount, share_count = $shareCount, inspired_count = $inspiredCount,
    last_scan = $scan, withdrawn_at_ms = NULL, sent = $sent`;

function toProfile(row: ProfileRow): Profile {
  const { key, hash, posts, following, followers, shares, inspired } = row;
  return { key, textHash: hash, counters: [posts, following, followers, shares, inspired] };
}
