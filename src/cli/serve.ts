/** `vidrec serve`: answers requests, syncs and learns. */
import { availableParallelism } from "node:os";
import { openApp, type App, type Console } from "../app/compose.ts";
import { secretIn } from "../app/session-secret.ts";
import { builtInWeights } from "../domain/known-signals.ts";
import { ConfigError } from "../config/parse.ts";
import { type Config } from "../config/settings.ts";
import { authority, listen, type Address } from "../http/listen.ts";
import { createServer } from "../http/server.ts";
import { isLoopback } from "../config/values.ts";
import type { Command } from "./command.ts";
import { openReplicas, untilLeft } from "./replicas.ts";

export const serve: Command = {
  name: "serve",
  summary: "answer requests on HOST:PORT; sync and learn every day",
  migrates: true,
  options: [
    {
      syntax: "--beside <port>",
      help: "only serve, on a port that other processes answer on too: what WORKERS starts",
      limits: { min: 1, max: 65_535, integer: true },
    },
  ],
  run: async ({ config, env, version, out, options }) => {
    const beside = options["beside"] as number | undefined;
    const address = addressFor(config, beside);
    const labelledOut = beside === undefined ? out : withProcessId(out);
    // One core is left for requests.
    const LEARN_THREADS = config.LEARN_THREADS || Math.max(1, availableParallelism() - 1);
    // A built-in signal that has left the setting gets its own weight back.
    const weights = Object.entries(builtInWeights()).map((it) => it.join(":"));
    const SIGNALS = [...weights, ...entriesOf(config.SIGNALS)].join(",");
    await using app = openApp({ ...config, LEARN_THREADS, SIGNALS }, version, labelledOut);
    const server = createServer(app.service, {
      corsOrigins: entriesOf(config.CORS_ORIGINS),
      hosts: hostsOf(config),
      access: {
        keys: () => app.store.keys,
        sessionSecret: secretIn(app.paths.secretPath),
        isLocal: isLoopback(config.HOST),
        perMinute: Math.ceil(config.RATE_LIMIT / config.WORKERS),
      },
      version,
      log: labelledOut.log,
    });
    const listening = listen(server, address);
    const left = beside === undefined ? undefined : untilLeft();
    if (beside === undefined) await start(config, app, out);
    const port = listening.port!;
    labelledOut.log(
      `listening on http://${authority(address.hostname, port)} (documentation: /docs)`,
    );
    const count = address.shared === "first" ? config.WORKERS - 1 : 0;
    const replicas = openReplicas({ count, port, env, onTrouble: app.onTrouble });
    const stop = app.keepUpToDate(beside === undefined ? "vidrec serve" : undefined);
    await Promise.race([untilSignal(), ...(left ? [left] : [])]);
    labelledOut.log("stopping");
    stop();
    server.endStreams();
    await Promise.all([replicas.close(), listening.stop()]);
    return 0;
  },
};

/** @throws ConfigError where several processes cannot share a port. */
function addressFor({ HOST: hostname, PORT: port, WORKERS }: Config, beside?: number): Address {
  if (beside !== undefined) return { hostname, port: beside, shared: "joining" };
  if (WORKERS === 1) return { hostname, port };
  if (process.platform === "linux") return { hostname, port, shared: "first" };
  throw new ConfigError(
    `WORKERS=${WORKERS}: only Linux shares the requests to one port out among processes; set WORKERS=1`,
  );
}

/** Says which catalogue is served, and warns of an address that others can reach. */
async function start({ HOST }: Config, { paths, store }: App, { log }: Console): Promise<void> {
  log(paths.why);
  if (!isLoopback(HOST) && !(await store.keys.any()))
    log(
      `HOST=${HOST}: without a key, whoever reaches this port may ask for any feed, and nobody may send anything; ` +
        "`vidrec keys add --scope write --name app` makes one, also while this runs",
    );
}

/** A console that names this process in each line. */
function withProcessId({ log, progress }: Console): Console {
  return { log: (line) => log(`process ${process.pid}: ${line}`), progress };
}

/** Host names that requests may use; `undefined` for any, where other machines may use names of their own. */
function hostsOf({ HOST, ALLOWED_HOSTS }: Config): readonly string[] | undefined {
  const isChecked = isLoopback(HOST) || ALLOWED_HOSTS !== "";
  return isChecked ? [HOST.toLowerCase(), ...entriesOf(ALLOWED_HOSTS)] : undefined;
}

/** Entries of a list setting. */
const entriesOf = (list: string) => list.split(",").filter(Boolean);

/** Resolves on SIGINT or SIGTERM. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
