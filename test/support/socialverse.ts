/** A stand-in for the Socialverse API: its six endpoints, its envelope, its quirks and its faults. */
import {
  envelope,
  isAllowed,
  rowsFor,
  understand,
  type PageRequest,
  type Time,
} from "./envelope.ts";
import { FaultBoard, faultyReply, jsonReply, type Fault } from "./faults.ts";
import type { Dataset, ListName } from "./rows.ts";

/** Data of the stand-in, and whom it serves. */
export type StandInOptions = {
  /** Not copied: tests change it while it is served. */
  readonly data: Dataset;
  /** The right `Flic-Token`; {@link TOKEN} if absent. */
  readonly token?: string;
  /** The right `resonance_algorithm`; any non-empty one if absent. */
  readonly resonance?: string;
};

/** The stand-in without a socket: `fetch` can be handed to a client. */
export type StandIn = {
  readonly data: Dataset;
  /** Every request so far, whatever its answer. */
  readonly requests: readonly PageRequest[];
  /** Number of requests, to one endpoint or to all. */
  readonly count: (list?: ListName) => number;
  readonly time: Time;
  readonly fault: (fault: Fault) => void;
  readonly heal: () => void;
  readonly fetch: (request: Request) => Promise<Response>;
};

/** The stand-in behind a real socket on the loopback. Stop it with `using`. */
export type ServedStandIn = StandIn & {
  readonly url: string;
  /** Nobody listens any more, as far as clients can tell. */
  readonly down: () => Promise<void>;
  /** Listen again, on the same port, once nobody else has it. */
  readonly up: () => Promise<void>;
  readonly [Symbol.dispose]: () => void;
};

/** The token that a stand-in expects if it is given no other. */
export const TOKEN = "stand-in$token#1";

/** Serve `options.data` over HTTP on the loopback; port 0 picks a free one. */
export function serveSocialverse(options: StandInOptions, wantedPort = 0): ServedStandIn {
  const standIn = socialverse(options);
  const listen = (port: number) =>
    Bun.serve({ port, hostname: "127.0.0.1", idleTimeout: 0, fetch: standIn.fetch });
  let server = listen(wantedPort);
  const port = server.port ?? wantedPort;
  return {
    ...standIn,
    url: `http://127.0.0.1:${port}`,
    down: () => server.stop(true),
    up: async () => {
      for (;;) {
        try {
          return void (server = listen(port));
        } catch {
          await Bun.sleep(50); // any connection of this machine may have been given the port
        }
      }
    },
    [Symbol.dispose]: () => void server.stop(true),
  };
}

/** The stand-in as a `fetch` function: no socket, the same answers. */
export function socialverse(options: StandInOptions): StandIn {
  const { data, token = TOKEN, resonance } = options;
  const board = new FaultBoard();
  const requests: PageRequest[] = [];
  const time: Time = {};

  const fetch = async (request: Request): Promise<Response> => {
    const asked = understand(request);
    if (asked === undefined) return jsonReply({ status: "error", message: "Not found" }, 404);
    requests.push(asked);
    const honest = () => envelope(asked, rowsFor(asked, data, time));
    for (const fault of board.strike(asked.list, Date.now())) {
      if (fault.kind === "latency") await Bun.sleep(fault.ms);
      else if (fault.kind === "edit") fault.edit(data);
      else return faultyReply(fault, honest);
    }
    return isAllowed(asked, { token, resonance })
      ? jsonReply(honest())
      : jsonReply({ status: "error", message: "Unauthorized" }, 401);
  };

  return {
    data,
    requests,
    count: (list) => requests.filter((it) => list === undefined || it.list === list).length,
    time,
    fault: (fault) => board.add(fault),
    heal: () => board.heal(),
    fetch,
  };
}
