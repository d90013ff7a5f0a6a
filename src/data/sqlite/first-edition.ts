/** Migrations 1 to 5: the schema of vidrec's first edition. Never edited. */

/** From an empty file to schema version 5. */
export const FIRST_EDITION: readonly string[] = [
  /* 1: everything a sync brings, and the vectors of its texts */ `
  CREATE TABLE post (
    id              INTEGER PRIMARY KEY,
    category_id     INTEGER,
    category_name   TEXT,
    topic_code      TEXT,
    topic_name      TEXT,
    title           TEXT    NOT NULL,
    slug            TEXT    NOT NULL,
    tags            TEXT    NOT NULL,
    summary         TEXT    NOT NULL,
    is_locked       INTEGER NOT NULL,
    is_public       INTEGER NOT NULL,
    created_at_ms   INTEGER NOT NULL,
    view_count      INTEGER NOT NULL,
    exit_count      INTEGER NOT NULL,
    upvote_count    INTEGER NOT NULL,
    rating_count    INTEGER NOT NULL,
    average_rating  REAL    NOT NULL,
    card_head       TEXT    NOT NULL,
    card_tail       TEXT    NOT NULL,
    text_hash       TEXT,                 -- NULL until the encoder has looked at the text
    last_scan       INTEGER NOT NULL,
    withdrawn_at_ms INTEGER
  ) STRICT;
  CREATE INDEX post_text ON post (text_hash);

  CREATE TABLE user (
    id              INTEGER PRIMARY KEY,
    username        TEXT    NOT NULL,
    username_folded TEXT    NOT NULL,     -- NFKC, lower case: SQLite's NOCASE knows ASCII only
    name            TEXT    NOT NULL,
    bio             TEXT    NOT NULL,
    role            TEXT    NOT NULL,
    user_type       TEXT    NOT NULL,
    post_count      INTEGER NOT NULL,
    following_count INTEGER NOT NULL,
    follower_count  INTEGER NOT NULL,
    share_count     INTEGER NOT NULL,
    inspired_count  INTEGER NOT NULL,
    text_hash       TEXT,
    last_scan       INTEGER NOT NULL,
    withdrawn_at_ms INTEGER
  ) STRICT;
  CREATE INDEX user_name ON user (username);
  CREATE INDEX user_name_folded ON user (username_folded);
  CREATE INDEX user_text ON user (text_hash);

  CREATE TABLE interaction (
    user_id         INTEGER NOT NULL,
    post_id         INTEGER NOT NULL,
    kind            INTEGER NOT NULL,     -- code in domain/signals.ts
    value           REAL    NOT NULL,
    claimed_at_ms   INTEGER NOT NULL,
    fetched_at_ms   INTEGER NOT NULL,     -- when this value was first fetched
    at_ms           INTEGER NOT NULL AS (min(claimed_at_ms, fetched_at_ms)) VIRTUAL,
    origin          TEXT    NOT NULL,
    last_scan       INTEGER NOT NULL,
    withdrawn_at_ms INTEGER,
    PRIMARY KEY (user_id, post_id, kind)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE embedding (
    model           TEXT    NOT NULL,
    text_hash       TEXT    NOT NULL,
    vector          BLOB    NOT NULL,     -- float32, little-endian, unit length
    PRIMARY KEY (model, text_hash)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE scan (
    id              INTEGER PRIMARY KEY,
    endpoint        TEXT    NOT NULL,
    day             TEXT    NOT NULL,     -- UTC, YYYY-MM-DD
    status          TEXT    NOT NULL CHECK (status IN ('running', 'complete', 'refused', 'failed')),
    started_at_ms   INTEGER NOT NULL,
    finished_at_ms  INTEGER,
    rows            INTEGER NOT NULL DEFAULT 0,
    message         TEXT    NOT NULL DEFAULT ''
  ) STRICT;
  CREATE TABLE sync_run (
    day             TEXT    PRIMARY KEY,
    completed_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE note (                     -- facts about the store itself, such as where it was filled from
    name            TEXT    PRIMARY KEY,
    value           TEXT    NOT NULL
  ) STRICT, WITHOUT ROWID`,
  /* 2: rows as the door reads them now. No names of people, no passwords of upstream's URL, no
     objects as tags, numbers in their range; the rest is read again today. */ `
  ALTER TABLE user DROP COLUMN name;
  ALTER TABLE scan ADD COLUMN unreadable TEXT NOT NULL DEFAULT '[]'; -- JSON, [{reason, rows}]

  UPDATE user SET post_count = max(post_count, 0), following_count = max(following_count, 0),
    follower_count = max(follower_count, 0), share_count = max(share_count, 0),
    inspired_count = max(inspired_count, 0);
  UPDATE post SET view_count = max(view_count, 0), exit_count = max(exit_count, 0),
    upvote_count = max(upvote_count, 0), rating_count = max(rating_count, 0),
    average_rating = max(-98, min(average_rating, 100)), created_at_ms = max(created_at_ms, 0);
  UPDATE interaction SET value = max(-98, min(value, 100)) WHERE kind = 3;

  UPDATE post SET tags = '', text_hash = NULL,
    card_tail = substr(card_tail, 1, instr(card_tail, ',"tags":[') + 8) || ']}'
  WHERE substr(card_tail, instr(card_tail, ',"tags":[') + 9) GLOB '*[[{]*'
    AND instr(card_tail, ',"tags":[') > 0;

  UPDATE note SET value = substr(value, 1, instr(value, '://') + 2)
    || substr(value, instr(value, '@') + 1)
  WHERE name = 'upstream' AND instr(value, '@') BETWEEN 1
    AND instr(value, '://') + 2 + instr(substr(value, instr(value, '://') + 3) || '/', '/');

  DELETE FROM sync_run WHERE day = (SELECT max(day) FROM sync_run);
  UPDATE scan SET day = '' WHERE day = (SELECT max(day) FROM scan);
  INSERT INTO note SELECT 'vacuum', 'due' FROM (SELECT 1 FROM user UNION SELECT 1 FROM post) LIMIT 1`,
  /* 3: how much each scan missed; a store without rows belongs to no upstream */ `
  ALTER TABLE scan ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
  DELETE FROM note WHERE name = 'upstream' AND NOT EXISTS (SELECT 1 FROM post)
    AND NOT EXISTS (SELECT 1 FROM user) AND NOT EXISTS (SELECT 1 FROM interaction)`,

  /* 4: when each post was first seen: one dated in the future is as new as that. Of those stored before, when it was seen last */ `
  ALTER TABLE post ADD COLUMN first_seen_at_ms INTEGER;
  UPDATE post SET first_seen_at_ms = (SELECT started_at_ms FROM scan WHERE id = last_scan)`,

  /* 5: no e-mail addresses in bios, summaries and tags; what else they said is read again today */ `
  UPDATE user SET bio = '', text_hash = NULL WHERE bio LIKE '%@%.%';
  UPDATE post SET summary = '', text_hash = NULL WHERE summary LIKE '%@%.%';
  UPDATE post SET tags = '', text_hash = NULL,
    card_tail = substr(card_tail, 1, instr(card_tail, ',"tags":[') + 8) || ']}'
  WHERE instr(card_tail, ',"tags":[') > 0
    AND substr(card_tail, instr(card_tail, ',"tags":[')) LIKE '%@%.%';
  DELETE FROM sync_run WHERE day = (SELECT max(day) FROM sync_run);
  UPDATE scan SET day = '' WHERE day = (SELECT max(day) FROM scan);
  INSERT INTO note SELECT 'vacuum', 'due' FROM (SELECT 1 FROM user UNION SELECT 1 FROM post) LIMIT 1
    ON CONFLICT DO NOTHING`,
];
