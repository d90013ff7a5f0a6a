/**
 * The checkpoint thread of the served log: copies its write-ahead log into the file and waits for the disk, which would
 * hold up the thread that serves. Bundled as its own entry point.
 */
import { Database } from "bun:sqlite";

declare const self: Worker;

/** Tries, since the log can only begin anew if all of it is copied: meanwhile it grows by a few pages. */
const TRIES = 3;

self.onmessage = ({ data: path }: MessageEvent<string>) => {
  try {
    using db = new Database(path, { readwrite: true });
    for (let n = 0; n < TRIES; n++) db.query("PRAGMA wal_checkpoint(PASSIVE)").get();
  } catch {} // who writes to the file says what is wrong with it, and copies a log that grows too long
};
