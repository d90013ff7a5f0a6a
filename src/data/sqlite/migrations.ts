/** The schema's history. Append only: a shipped migration is never edited. */
import type { Database } from "bun:sqlite";
import { FIRST_EDITION } from "./first-edition.ts";
import { moveInteractions, type MigrationProgress } from "./move-interactions.ts";

/**
 * SQL that is true of events in the log that end those before them of the same user, post and kind: all but
 * those that add up, of which there are too many for an index. The list is the index's: it changes with a migration.
 */
export const ENDS_EARLIER = "(kind NOT IN (0, 4, 5, 6, 8, 10) OR action = 1)";

/** Body of a trigger: deletes the vectors of a hash that no post and no user has any more. */
const FORGET_VECTOR = `
    BEGIN DELETE FROM embedding WHERE text_hash = old.text_hash
      AND NOT EXISTS (SELECT 1 FROM post WHERE post.text_hash = old.text_hash)
      AND NOT EXISTS (SELECT 1 FROM user WHERE user.text_hash = old.text_hash); END;`;

/** Body of a trigger: notes that a post has changed. */
const NOTE_CHANGE = (key: string) => `BEGIN INSERT INTO post_change (post) VALUES (${key}); END;`;

/** Migration `i` takes the schema from version i to i + 1. */
const MIGRATIONS: readonly (string | typeof moveInteractions)[] = [
  ...FIRST_EDITION,
  /* 6: ids are text and have keys, given in the order of the numbers they were; a log of events */ `
  CREATE TABLE user_id (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE post_id (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
  INSERT INTO user_id (id) SELECT CAST(id AS TEXT) FROM
    (SELECT id FROM user UNION SELECT user_id FROM interaction) ORDER BY id;
  INSERT INTO post_id (id) SELECT CAST(id AS TEXT) FROM
    (SELECT id FROM post UNION SELECT post_id FROM interaction) ORDER BY id;
  ALTER TABLE user RENAME COLUMN id TO key;
  ALTER TABLE post RENAME COLUMN id TO key;
  UPDATE user SET key = -(SELECT it.key FROM user_id AS it WHERE it.id = CAST(user.key AS TEXT));
  UPDATE user SET key = -key;
  UPDATE post SET key = -(SELECT it.key FROM post_id AS it WHERE it.id = CAST(post.key AS TEXT));
  UPDATE post SET key = -key;

  CREATE TABLE event (
    seq             INTEGER PRIMARY KEY,  -- the order of the log
    user            INTEGER NOT NULL,     -- key
    post            INTEGER NOT NULL,     -- key; 0 for none
    kind            INTEGER NOT NULL,     -- code in domain/signals.ts
    action          INTEGER NOT NULL,     -- code in data/history.ts: done, withdrawn, erased
    value           REAL    NOT NULL,
    at_ms           INTEGER NOT NULL,     -- as claimed
    received_at_ms  INTEGER NOT NULL,
    origin          TEXT    NOT NULL,
    client_id       TEXT,
    recommendation_id TEXT
  ) STRICT;
  CREATE INDEX event_user ON event (user, seq);
  CREATE UNIQUE INDEX event_client ON event (user, client_id) WHERE client_id IS NOT NULL;
  -- What upstream sends now. A scan marks each of its rows and looks them up by what they are about:
  -- in the log that would take reading a user's whole history for every row.
  CREATE TABLE scanned_event (
    user            INTEGER NOT NULL,
    post            INTEGER NOT NULL,
    kind            INTEGER NOT NULL,
    seq             INTEGER NOT NULL,     -- the event that tells of it
    last_scan       INTEGER NOT NULL,
    PRIMARY KEY (user, post, kind)
  ) STRICT, WITHOUT ROWID`,
  moveInteractions,
  /* 8: only the log says what was done; facts about the store, its identity among them, are meta */ `
  DROP TABLE interaction;
  ALTER TABLE note RENAME TO meta;
  INSERT INTO meta VALUES ('identity', lower(hex(randomblob(16)))), ('catalogue', '1');
  INSERT INTO meta SELECT 'vacuum', 'due' FROM (SELECT 1 FROM user UNION SELECT 1 FROM post) LIMIT 1
    ON CONFLICT DO NOTHING`,
  /* 9: posts, users and events that apps send; their keys; signals that settings add */ `
  ALTER TABLE post ADD COLUMN sent TEXT;               -- JSON of its fields as an app sent them; NULL for upstream's
  ALTER TABLE post ADD COLUMN further_categories TEXT NOT NULL DEFAULT '[]'; -- JSON, names beside category_name
  ALTER TABLE post ADD COLUMN duration_ms REAL;
  ALTER TABLE post ADD COLUMN expires_at_ms INTEGER;
  ALTER TABLE user ADD COLUMN sent TEXT;
  ALTER TABLE event ADD COLUMN watched_ms REAL;
  ALTER TABLE event ADD COLUMN duration_ms REAL;       -- NULL if the post's is meant
  ALTER TABLE event ADD COLUMN session TEXT;
  -- An app's event without an id is one event, however often it is sent. What grows with time comes first
  -- in both indexes: new events then change few pages, which halves the cost of appending.
  CREATE UNIQUE INDEX event_claim ON event (at_ms, user, post, kind, action)
    WHERE client_id IS NULL AND origin = 'app';
  DROP INDEX event_client;
  CREATE UNIQUE INDEX event_client ON event (client_id, user) WHERE client_id IS NOT NULL;
  -- Whether a like or a rating is there already, and whether a view was withdrawn.
  CREATE INDEX event_kept ON event (user, post, kind) WHERE ${ENDS_EARLIER};
  -- New, changed, withdrawn and removed posts, ever: their growth starts learning.
  INSERT INTO meta VALUES ('post_changes', '0');
  CREATE TRIGGER post_new AFTER INSERT ON post
    BEGIN UPDATE meta SET value = value + 1 WHERE name = 'post_changes'; END;
  CREATE TRIGGER post_changed AFTER UPDATE OF card_head, withdrawn_at_ms ON post
    BEGIN UPDATE meta SET value = value + 1 WHERE name = 'post_changes'; END;
  CREATE TRIGGER post_removed AFTER DELETE ON post
    BEGIN UPDATE meta SET value = value + 1 WHERE name = 'post_changes'; END;
  -- A vector goes with the last text that has its hash; none is left of those that went before.
  CREATE INDEX embedding_text ON embedding (text_hash);
  DELETE FROM embedding WHERE NOT EXISTS (SELECT 1 FROM post WHERE post.text_hash = embedding.text_hash)
    AND NOT EXISTS (SELECT 1 FROM user WHERE user.text_hash = embedding.text_hash);
  CREATE TRIGGER post_text_changed AFTER UPDATE OF text_hash ON post ${FORGET_VECTOR}
  CREATE TRIGGER post_text_removed AFTER DELETE ON post ${FORGET_VECTOR}
  CREATE TRIGGER user_text_changed AFTER UPDATE OF text_hash ON user ${FORGET_VECTOR}
  CREATE TRIGGER user_text_removed AFTER DELETE ON user ${FORGET_VECTOR}
  CREATE TABLE signal (code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, weight REAL NOT NULL) STRICT;
  CREATE TABLE api_key (
    name            TEXT    PRIMARY KEY,
    scope           TEXT    NOT NULL CHECK (scope IN ('read', 'write', 'admin')),
    hash            TEXT    NOT NULL UNIQUE,           -- SHA-256 of the key, hexadecimal
    created_at_ms   INTEGER NOT NULL
  ) STRICT`,
  /* 10: creator and video of a post, as its card has them; the log of posts that came, changed or went; what people ask their feeds for */ `
  ALTER TABLE post ADD COLUMN creator TEXT AS (json_extract(card_head || '}', '$.owner.username'));
  ALTER TABLE post ADD COLUMN link TEXT AS (json_extract('{"":0' || card_tail, '$.video_link'));
  CREATE TABLE post_change (n INTEGER PRIMARY KEY AUTOINCREMENT, post INTEGER NOT NULL) STRICT;
  CREATE TRIGGER post_came AFTER INSERT ON post ${NOTE_CHANGE("new.key")}
  CREATE TRIGGER post_differs AFTER UPDATE OF card_head, withdrawn_at_ms, text_hash ON post ${NOTE_CHANGE("new.key")}
  CREATE TRIGGER post_went AFTER DELETE ON post ${NOTE_CHANGE("old.key")}
  CREATE TRIGGER post_encoded AFTER INSERT ON embedding
    BEGIN INSERT INTO post_change (post) SELECT key FROM post WHERE text_hash = new.text_hash; END;
  CREATE TABLE steer (
    user            INTEGER NOT NULL,
    target          TEXT    NOT NULL,     -- of TARGETS in domain/steering.ts
    id              TEXT    NOT NULL,
    kind            INTEGER NOT NULL,     -- code in domain/signals.ts
    at_ms           INTEGER NOT NULL,
    seq             INTEGER NOT NULL,     -- the event that tells of it
    PRIMARY KEY (user, target, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE user_sliders (
    user            INTEGER PRIMARY KEY,
    sliders         TEXT    NOT NULL,     -- JSON
    seq             INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX event_erased ON event (seq) WHERE action = 2`,
  /* 11: records of runs; one that waits is a request */ `
  CREATE TABLE run (
    id              INTEGER PRIMARY KEY,
    kind            TEXT    NOT NULL,     -- of RUN_KINDS in domain/run.ts
    state           TEXT    NOT NULL,     -- of RUN_STATES
    asked_at_ms     INTEGER,
    started_at_ms   INTEGER,
    ended_at_ms     INTEGER,
    stage           TEXT    NOT NULL DEFAULT '',
    done            REAL    NOT NULL DEFAULT 0,
    total           REAL    NOT NULL DEFAULT 0,
    words           TEXT    NOT NULL DEFAULT '',
    details         TEXT    NOT NULL DEFAULT '{}', -- JSON: figures, quality, settings
    log             TEXT    NOT NULL DEFAULT '[]'  -- JSON
  ) STRICT;
  CREATE INDEX run_kind ON run (kind, id);
  CREATE INDEX run_open ON run (id) WHERE ended_at_ms IS NULL;
  DELETE FROM meta WHERE name = 'asked_to_learn'`,
  /* 12: how many people hide a creator */ `
  CREATE INDEX steer_hidden ON steer (id) WHERE target = 'creator' AND kind = 9`,
];

/** An older build made the store, and this connection may not migrate it. */
export class OlderStoreError extends Error {
  override readonly name = "OlderStoreError";
}

/**
 * Applies the missing migrations, all or none. The version is in `PRAGMA user_version`.
 *
 * @param onProgress  Called while a large table is rewritten. Without it only a new file is filled:
 *   an older build that still runs could not read what it becomes.
 * @throws OlderStoreError
 * @throws Error if the file was written by a newer build than this one.
 */
export function migrate(db: Database, onProgress?: MigrationProgress): void {
  if (versionOf(db) === MIGRATIONS.length) return;
  if (onProgress === undefined && isOlder(db)) throw new OlderStoreError();
  // Another process may be migrating: a large store takes minutes.
  db.run(`PRAGMA busy_timeout = ${MIGRATION_MS}`);
  db.transaction(() => {
    for (const step of MIGRATIONS.slice(versionOf(db)))
      if (typeof step === "string") db.run(step);
      else step(db, onProgress ?? (() => {}));
    db.run(`PRAGMA user_version = ${MIGRATIONS.length}`);
  }).immediate();
}

/** Longest wait for another process that migrates the store, milliseconds. */
const MIGRATION_MS = 600_000;

/** True if an older build made the store; false for a new file. */
export function isOlder(db: Database): boolean {
  const version = versionOf(db);
  return version > 0 && version < MIGRATIONS.length;
}

function versionOf(db: Database): number {
  const version = db.query<{ user_version: number }, []>("PRAGMA user_version").get()!.user_version;
  if (version <= MIGRATIONS.length) return version;
  throw new Error(
    `store has schema version ${version}, this build knows ${MIGRATIONS.length}: upgrade vidrec`,
  );
}
