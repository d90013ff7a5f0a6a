/** `vidrec serve`: the address it listens on, and the hosts it answers there. */
import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { openYard, startServe } from "../support/program.ts";

const MAIN = join(import.meta.dir, "../../src/main.ts");
const yard = openYard();
afterAll(() => yard[Symbol.dispose]());

/** It has nothing to serve, and nobody to ask for it. */
const NOTHING = {
  FLIC_TOKEN: "x",
  RESONANCE_ALGORITHM: "x",
  API_BASE_URL: "http://127.0.0.1:9",
};

test.each([
  [{ HOST: "127.0.0.1" }, "http://127.0.0.1:", 421],
  [{ HOST: "::1" }, "http://[::1]:", 421],
  [{ HOST: "[::1]" }, "http://[::1]:", 421],
  [{ HOST: "0:0:0:0:0:0:0:1" }, "http://[::1]:", 421],
  [{ HOST: "::ffff:127.0.0.1" }, "http://[::ffff:7f00:1]:", 421],
  [{ HOST: "localhost" }, "http://localhost:", 421],
  [{ HOST: "::" }, "http://[::]:", 200],
  [{ HOST: "0.0.0.0" }, "http://0.0.0.0:", 200],
  [{ ALLOWED_HOSTS: "other.test,evil.test" }, "http://127.0.0.1:", 200],
  [{ HOST: "0.0.0.0", ALLOWED_HOSTS: "other.test" }, "http://0.0.0.0:", 421],
])(
  "with %p it says where it listens, and whether it answers for any name",
  async (settings, url, status) => {
    const service = await startServe(
      [process.execPath, MAIN],
      yard.home(Bun.hash(JSON.stringify(settings)).toString(36)),
      {
        ...NOTHING,
        ...settings,
      },
    );
    expect(await service.said(/listening on/)).toContain(` ${url}`);
    expect((await service.get("/health")).status).toBe(200);
    const headers = { host: "evil.test" };
    expect((await service.get("/health", { headers })).status).toBe(status);
    expect(await service.stop()).toBe(0);
  },
);
