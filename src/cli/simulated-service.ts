/** A vidrec that a simulation asks over loopback, by the simulation's clock. */
import { openApp } from "../app/compose.ts";
import { secretIn } from "../app/session-secret.ts";
import type { RunningService } from "../benchmarks/simulator/service-policy.ts";
import { START_MS } from "../benchmarks/simulator/world.ts";
import type { Config } from "../config/settings.ts";
import { listen } from "../http/listen.ts";
import { createServer } from "../http/server.ts";

/** A vidrec on loopback whose clock is set by the simulation. */
export function openService(config: Config, version: string) {
  let nowMs = START_MS;
  const silent = { log: () => {}, progress: () => {} };
  const app = openApp(config, version, { ...silent, nowMs: () => nowMs });
  const sessionSecret = secretIn(app.paths.secretPath);
  const access = { keys: () => app.store.keys, sessionSecret, isLocal: true, perMinute: 1e9 };
  const server = createServer(app.service, { access, corsOrigins: [], version, log: () => {} });
  const listening = listen(server, { hostname: "127.0.0.1", port: 0 });
  const stop = app.keepUpToDate(undefined);
  return {
    send: async (method, path, body) => {
      const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }; // prettier-ignore
      const reply = await fetch(new URL(path, listening.url), { method, ...init });
      if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
      return await reply.json();
    },
    setClock: (toMs) => void (nowMs = toMs),
    learn: async () => {
      await app.cycle.backfill();
      await app.cycle.learn({ encoder: await app.cycle.encoder(), force: true });
    },
    [Symbol.asyncDispose]: async () => {
      stop();
      await listening.stop(true);
      await app[Symbol.asyncDispose]();
    },
  } satisfies RunningService & AsyncDisposable;
}
