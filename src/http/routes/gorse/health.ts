/** Gorse's REST: health. */
import { Elysia } from "elysia";
import type { Service } from "../../../feed/contract.ts";
import { notReady } from "../../problem.ts";
import { OPEN } from "../../security.ts";
import { documented, reply } from "./replies.ts";

const HEALTHY = { Ready: true, DataStoreConnected: true, CacheStoreConnected: true };
const OK = { ok: reply("It is", HEALTHY), security: OPEN };

/** `/api/health/live` and `/api/health/ready`. */
export const gorseHealth = ({ readiness }: Pick<Service, "readiness">) =>
  new Elysia()
    .get(
      "/api/health/live",
      () => Response.json(HEALTHY),
      documented("gorseLive", "Whether the service runs", OK),
    )
    .get(
      "/api/health/ready",
      async () => {
        const state = await readiness();
        return state.snapshot === undefined ? notReady(state) : Response.json(HEALTHY);
      },
      documented("gorseReady", "Whether the service can recommend", { ...OK, errors: [503] }),
    );
