/** Listening: a server on an address, alone or with other processes. */
import { GORSE_BODY_BYTES_MAX } from "./edge.ts";
import { problem, PROBLEMS } from "./problem.ts";
import type { Server } from "./server.ts";

/** The server cannot listen on an address; `message` says why and what to do. */
class ListenError extends Error {
  override readonly name = "ListenError";
}

/** Address of a server. */
export type Address = {
  readonly hostname: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Present if several processes share the port: this is the first one, or joins it. */
  readonly shared?: "first" | "joining";
  /** Time after which a connection without data is closed. */
  readonly idleSeconds?: number;
};

const IDLE_SECONDS = 30;

/** Host and port as in a URL, an IPv6 address in brackets. */
export function authority(hostname: string, port: number): string {
  return `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

/** Listens on an address. Call `stop` on the result to end. @throws ListenError */
export function listen(
  { handle }: Pick<Server, "handle">,
  { hostname, port, shared, idleSeconds = IDLE_SECONDS }: Address,
) {
  const bind = (port: number, reusePort: boolean) =>
    Bun.serve({
      hostname,
      port,
      fetch: handle,
      reusePort,
      development: false,
      idleTimeout: idleSeconds,
      // Longer bodies are refused with a problem, by the edge and by who reads them.
      maxRequestBodySize: 2 * GORSE_BODY_BYTES_MAX,
      error: () => problem(500, PROBLEMS[500].example),
    });
  try {
    if (shared === "joining") return bind(port, true);
    // First without sharing: joining another program's port would take half of its requests.
    const alone = bind(port, false);
    if (shared === undefined) return alone;
    void alone.stop(true);
    return bind(alone.port!, true);
  } catch (cause) {
    throw new ListenError(
      `cannot listen on ${authority(hostname, port)} (${cause instanceof Error ? cause.message : cause}): end what listens there, or set HOST and PORT to a free address of this machine`,
      { cause },
    );
  }
}
