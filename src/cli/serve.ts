/** `vidrec serve`: answer requests, and keep what is served up to date. */
import { availableParallelism } from "node:os";
import { openApp } from "../app.ts";
import { createServer, listen } from "../serve/server.ts";
import type { Command } from "./command.ts";

const LOOPBACK = ["127.0.0.1", "::1", "localhost"];

export const serve: Command = {
  name: "serve",
  summary: "answer requests on HOST:PORT; sync and learn every day",
  run: async ({ config, version, out }) => {
    // A core is left to those who ask.
    const LEARN_THREADS = config.LEARN_THREADS || Math.max(1, availableParallelism() - 1);
    const app = openApp({ ...config, LEARN_THREADS }, version, out);
    if (app.place.isDemo)
      out.log(
        "FLIC_TOKEN is not set: serving the demo catalogue. " +
          "Set FLIC_TOKEN and RESONANCE_ALGORITHM to serve the real one.",
      );
    const server = createServer(app.service, {
      corsOrigins: config.CORS_ORIGINS.split(",")
        .map((it) => it.trim())
        .filter(Boolean),
      version,
      log: out.log,
    });
    const listening = listen(server, { hostname: config.HOST, port: config.PORT });
    if (!LOOPBACK.includes(config.HOST))
      out.log(
        `HOST=${config.HOST}: whoever reaches this port may ask for any feed; there is no access control yet`,
      );
    out.log(`listening on http://${listening.hostname}:${listening.port} (documentation: /docs)`);
    const stop = app.keepUpToDate("vidrec serve");
    await untilAsked();
    out.log("stopping");
    stop();
    await listening.stop();
    await app.close();
    return 0;
  },
};

/** Resolves when the system or the terminal asks the program to end. */
function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
