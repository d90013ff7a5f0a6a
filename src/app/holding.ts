/** The lease as this process holds it: with it, it syncs and learns. */
import type { Held, HeldBy } from "../data/contract.ts";
import { openLease } from "../data/sqlite/open.ts";

/** Opens the lease in the file at `path`; `onTaken` is called whenever this process gets it. */
export function openHolding(path: string, onTaken: () => Promise<void>) {
  const lease = openLease(path);
  let held: Held | undefined;
  return {
    isHeld: (): boolean => held !== undefined,
    /** Another process that holds it; `undefined` without one. */
    otherHolder: async () => (held ? undefined : lease.holder()),
    /** Takes it; returns its holder if another process has it. */
    take: async (owner: string): Promise<HeldBy | undefined> => {
      const taken = await lease.take(`${owner} (process ${process.pid})`);
      if ("heldBy" in taken) return taken;
      held = taken;
      await onTaken();
      return undefined;
    },
    /** Gives it back, if it is held. */
    release: async (): Promise<void> => {
      const it = held;
      held = undefined;
      await it?.release();
    },
  };
}
