/** Appends events to the store at a path, a line for each that is acknowledged, until it is killed. */
import { writeSync } from "node:fs";
import { writerThread } from "../../../src/app/worker-threads.ts";
import { openWriter } from "../../../src/data/writer/client.ts";
import type { PostId, UserId } from "../../../src/domain/ids.ts";

const storePath = process.argv[2]!;
const writer = openWriter({ spawn: writerThread, storePath, onEnd: (message) => console.error(message) }); // prettier-ignore
for (let n = 0; ; n += 10)
  await Promise.all(
    Array.from({ length: 10 }, async (_, at) => {
      const event = { userId: "ada" as UserId, postId: String(n + at) as PostId, kind: "view", value: 1, claimedAtMs: 1 } as const; // prettier-ignore
      await writer.write("appendEvents", [event], { receivedAtMs: 2, origin: "client" });
      writeSync(1, `${n + at}\n`);
    }),
  );
