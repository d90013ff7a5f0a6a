/** A server over a given service, asked without a socket. */
import type { Service } from "../../src/feed/contract.ts";
import { createServer, type ServerOptions } from "../../src/http/server.ts";

/** Ask with `get("/path?query")`; `lines` holds what was logged. */
export function serving(service: Service, options: Partial<ServerOptions> = {}) {
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const server = createServer(service, { corsOrigins: [], version: "1.2.3", log, ...options });
  const get = (path: string, init?: RequestInit) =>
    server.handle(new Request(`http://vidrec.test${path}`, init));
  return { get, lines, server };
}
