/** Posts for beginners: a catalogue of an app's own, and ada's feed of it. */
import type { App } from "../../src/app/compose.ts";
import type { FeedPage } from "../../src/feed/contract.ts";
import { ask } from "../support/feeds.ts";

const KINDS = ["Baking", "Yoga", "Travel", "Chess"];

/** Posts of four categories in turn, by the minute; equal titles would make near-duplicates of them. */
export const posts = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({
    id: `p${from + n}`,
    title: `${KINDS[n % 4]} for beginners, part ${from + n}`,
    category: KINDS[n % 4],
    created_at: Date.UTC(2026, 0, 1) + n * 60_000,
  }));

/** Ids on a page. */
export const idsOf = ({ posts }: FeedPage) =>
  posts.map(({ card }) => (JSON.parse(card.head + card.tail) as { id: string }).id);

/** A page of 50 posts for ada. */
export const feed = ({ service }: App, more: object = {}) =>
  ask(service.feed, { username: "ada", pageSize: 50, ...more });
