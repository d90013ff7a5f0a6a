/** A server over a given service, asked without a socket. */
import type { Service } from "../../src/feed/contract.ts";
import type { Access } from "../../src/http/access.ts";
import { createServer, type ServerOptions } from "../../src/http/server.ts";

/** A service without keys, on this machine alone. */
export const WITHOUT_KEYS: Access = {
  keys: () => ({
    any: async () => false,
    find: async () => undefined,
    named: async () => undefined,
  }),
  sessionSecret: () => Buffer.from("of these tests"),
  isLocal: true,
  perMinute: 1_000,
};

/** Ask with `get("/path?query")`; `lines` holds what was logged. */
export function serving(service: Service, options: Partial<ServerOptions> = {}) {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const standard = { access: WITHOUT_KEYS, corsOrigins: [], version: "1.2.3", log };
  const server = createServer(service, { ...standard, ...options });
  const get = (path: string, init?: RequestInit) =>
    server.handle(new Request(`http://vidrec.test${path}`, init));
  return { get, lines, server };
}
