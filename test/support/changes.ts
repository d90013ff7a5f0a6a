/** Changes of a store as clients ask for them, made in this thread. */
import type { Changed, ChangeName, Changes, Write } from "../../src/data/changes.ts";
import type { Store } from "../../src/data/contract.ts";

/** Makes one change. */
export async function change<N extends ChangeName>(
  { changeAll }: Pick<Store, "changeAll">,
  name: N,
  ...args: Parameters<Changes[N]>
): Promise<Changed<N>> {
  const [done] = await changeAll([{ change: name, args } as Write]);
  if (done!.status === "rejected") throw done!.reason;
  return done!.value as Changed<N>;
}

type Rest<N extends ChangeName> = Parameters<Changes[N]>;
type Changeable = Pick<Store, "changeAll">;
/** Appends events. */
export const append = (store: Changeable, ...args: Rest<"appendEvents">) =>
  change(store, "appendEvents", ...args);
/** Writes posts that an app sent. */
export const pushPosts = (store: Changeable, ...args: Rest<"pushPosts">) =>
  change(store, "pushPosts", ...args);
/** Writes users that an app sent. */
export const pushUsers = (store: Changeable, ...args: Rest<"pushUsers">) =>
  change(store, "pushUsers", ...args);
