/** Steering and sliders that apps push: read from JSON, written by the writer thread, and read back. */
import { again } from "../../data/again.ts";
import { APP } from "../../data/history.ts";
import type { PostId, UserId } from "../../domain/ids.ts";
import { SLIDER_NAMES, UNMOVED, type Sliders } from "../../domain/sliders.ts";
import { isHiding, TARGETS, WAYS, type Steer, type TargetName } from "../../domain/steering.ts";
import { objectOf } from "../rows/object.ts";
import { Refusal } from "../rows/refusal.ts";
import { ID, number } from "../rows/value.ts";
import type { Writing } from "./change.ts";

/** A person's request to steer their feed. */
export type SteerRequest = Steer & { readonly user: UserId };

const SHARE = number(0, 1);
const TARGET_NAMES = Object.keys(TARGETS) as TargetName[];

/** Opens the service of steering. Its promises resolve when the change is durable. */
export function openSteering({ store, writer, nowMs }: Writing) {
  /** A request about a post is an event of the log. @throws WriterError */
  const appended = ({ user, way, id }: SteerRequest, isWithdrawal: boolean) => {
    const [userId, postId, receivedAtMs] = [user, id as PostId, nowMs()];
    const about = { userId, postId, kind: way, claimedAtMs: receivedAtMs };
    const event = again({ ...about, value: isWithdrawal ? 0 : 1, isWithdrawal });
    return writer().write("appendEvents", [event], { receivedAtMs, origin: APP });
  };
  const keyOf = async (id: UserId) => (await store().ids.userKeys([id])).get(id);

  return {
    /** Stores a request. @throws WriterError */
    steer: async (request: SteerRequest): Promise<void> => {
      const { user, ...steer } = request;
      if (steer.target === "post") await appended(request, false);
      else await writer().write("steer", user, steer, nowMs());
    },
    /** Takes a request back, if it stands. @throws WriterError */
    unsteer: async (request: SteerRequest): Promise<void> => {
      const { user, ...steer } = request;
      if ((await keyOf(user)) === undefined) return;
      if (steer.target === "post") await appended(request, true);
      else await writer().write("unsteer", user, steer, nowMs());
    },
    /** A user's sliders; `undefined` for an unknown one. */
    sliders: async (id: UserId): Promise<Sliders | undefined> => {
      const key = await keyOf(id);
      return key && ((await store().steering.of(key)).sliders ?? UNMOVED);
    },
    /** Sets a user's sliders from a JSON value; those that it lacks are in the middle again. @throws WriterError */
    setSliders: async (id: UserId, value: unknown): Promise<Sliders | Refusal> => {
      const sliders = readSliders(value);
      if (!(sliders instanceof Refusal)) await writer().write("slide", id, sliders, nowMs());
      return sliders;
    },
  };
}

/** A request to steer from a JSON value: `{user, more: {category: "Cooking"}}`. */
export function readSteer(value: unknown): SteerRequest | Refusal {
  const body = objectOf(value, "", ["user", ...WAYS]);
  if (body instanceof Refusal) return body;
  const user = idOf(body["user"], "user");
  if (user instanceof Refusal) return user;
  const [way, second] = WAYS.filter((it) => body[it] !== undefined);
  if (way === undefined || second !== undefined)
    return new Refusal(second ?? "", `expected one of ${WAYS.join(", ")}, got ${second === undefined ? "none" : "several"}`); // prettier-ignore
  const names = TARGET_NAMES.filter((it) => TARGETS[it].isHideable || !isHiding({ way }));
  const about = objectOf(body[way], way, names);
  if (about instanceof Refusal) return about;
  const [target, further] = names.filter((it) => about[it] !== undefined);
  if (target === undefined || further !== undefined)
    return new Refusal(way, `expected one of ${names.join(", ")}, got ${further === undefined ? "none" : "several"}`); // prettier-ignore
  const id = idOf(about[target], `${way}.${target}`);
  return id instanceof Refusal ? id : { user: user as UserId, way, target, id };
}

function readSliders(value: unknown): Sliders | Refusal {
  const body = objectOf(value, "", SLIDER_NAMES);
  if (body instanceof Refusal) return body;
  const sliders: Record<string, number> = { ...UNMOVED };
  for (const name of SLIDER_NAMES) {
    const share = body[name] === undefined ? UNMOVED[name] : SHARE.read(body[name], 0);
    if (share instanceof Refusal) return new Refusal(name, share.detail);
    sliders[name] = share;
  }
  return sliders as Sliders;
}

function idOf(value: unknown, field: string): string | Refusal {
  const id = ID.read(value, 0);
  if (id instanceof Refusal) return new Refusal(field, id.detail);
  return id.trim() === "" ? new Refusal(field, "expected an id, but it is blank") : id;
}
