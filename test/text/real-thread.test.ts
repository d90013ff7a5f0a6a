/** The encoder's real thread: killed in the middle of work, or without a model. */
import { beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { UserId } from "../../src/domain/ids.ts";
import type { User } from "../../src/domain/user.ts";
import { EncoderError } from "../../src/text/encoder.ts";
import { openEncoder } from "../../src/text/sbert.ts";
import { openStore } from "../../src/data/sqlite/open.ts";
import { writeTinyModel } from "./tiny-model.ts";
import { caught, nothing, PATIENCE_MS, ready, threads } from "./threads.ts";

const { folder, start } = threads();

describe("the real thread", () => {
  const USERS = 3_000;
  beforeAll(async () => {
    await writeTinyModel(join(folder, "tiny"), 16);
    using store = openStore(join(folder, "store.db"));
    const users = Array.from({ length: USERS }, (_, n): User => {
      const counts = { postCount: 0, followingCount: 0, followerCount: 0 };
      const more = { shareCount: 0, inspiredCount: 0, role: "U", userType: "" };
      const id = String(n) as UserId;
      return { id, username: `u${n}`, bio: `runs ${n} miles`, ...counts, ...more };
    });
    await store.users.record(users, 1);
  });

  test("killed in the middle of a backfill, leaves the rest to the next; queries go first", async () => {
    const first = await ready(start);
    let done = 0;
    const started = Promise.withResolvers<void>();
    const filling = caught(first.backfill(["calm"], (it) => ((done = it), started.resolve())));
    await started.promise;
    const vector = await first.encodeQuery("never give up", PATIENCE_MS);
    expect(done).toBeLessThan(USERS);
    const { encode, model } = await openEncoder({
      model: join(folder, "tiny"),
      threads: 1,
      modelsFolder: folder,
    });
    expect(vector).toEqual(await encode("never give up"));
    await first.close();
    expect(await filling).toBeInstanceOf(EncoderError);

    const second = await ready(start);
    expect(second.state().model).toBe(model);
    const before = done;
    expect(before).toBeGreaterThan(0);
    const rest = await second.backfill(["calm"], nothing);
    expect(rest).toBeLessThanOrEqual(USERS + 1 - before);
    expect(await second.backfill(["calm"], nothing)).toBe(0);
    using store = openStore(join(folder, "store.db"));
    expect(await store.texts.backlog(model)).toBe(0);
  });

  test("without a model names the setting, and tries again", async () => {
    const tried = Promise.withResolvers<string>();
    let ends = 0;
    const onEnd = (message: string) => void (++ends === 2 && tried.resolve(message));
    const { backfill } = start({ model: "./no-such-folder", onEnd });
    const cause = await caught(backfill([], nothing));
    expect(cause).toBeInstanceOf(EncoderError);
    expect(String(cause)).toContain("ENCODER_MODEL=./no-such-folder");
    expect(await tried.promise).toContain("ENCODER_MODEL=./no-such-folder");
  });
});
