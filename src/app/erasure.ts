/** The service's writer: a user who is erased from the store leaves the served log, too. */
import type { ServedLog } from "../data/served-log.ts";
import type { Writer } from "../data/writer/client.ts";
import type { UserId } from "../domain/ids.ts";
import { servedNames, type NamedUsers } from "../ingest/push/served-names.ts";

type ErasureDeps = {
  readonly writer: () => Pick<Writer, "write">;
  readonly users: () => NamedUsers;
  readonly servedLog: () => Pick<ServedLog, "eraseUser">;
  readonly nowMs: () => number;
};

/** A page that is asked for after the reply must be later than the erasure, in milliseconds: else it isn't logged. */
const NEXT_MS = 2;

/** Opens the writer. */
export function erasingWriter({ writer, users, servedLog, nowMs }: ErasureDeps) {
  const eraseShown = async (name: string) => servedLog().eraseUser(name, nowMs());
  const write: Writer["write"] = async (change, ...args) => {
    if (change !== "eraseUser") return writer().write(change, ...args);
    const id = args[0] as UserId;
    // The log goes first: if it fails, the store still knows the name.
    let wasShown = false;
    for (const name of await servedNames(users(), id))
      wasShown = (await eraseShown(name)) || wasShown;
    const changed = await writer().write(change, ...args);
    wasShown = (await eraseShown(id)) || wasShown; // by requests that were answered meanwhile
    await Bun.sleep(NEXT_MS);
    // A user without events is known only by pages they were shown.
    return (changed || wasShown) as typeof changed;
  };
  return { write };
}
