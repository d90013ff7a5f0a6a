import { expect, test } from "bun:test";
import { toPost } from "../../../src/ingest/socialverse/schema.ts";
import { PLANTED, trapDataset } from "../../support/dataset.ts";
import { postRow, type Row } from "../../support/rows.ts";

type Card = Record<string, unknown> & { owner: object; topic: { owner: object }; category: object };

const traps = new Map(trapDataset().posts.map((it) => [it.id, it]));

/** A card with its flags in place, as clients get it. */
function cardOf(row: Row | undefined): Card {
  const { head, tail } = toPost(row)!.card;
  return JSON.parse(`${head},"upvoted":false,"bookmarked":false,"following":false${tail}`);
}
const keys = (value: object) => Object.keys(value).join();

test("a card has the contract's keys in the contract's order", () => {
  const card = cardOf(traps.get(11));
  expect(keys(card)).toBe(
    "id,owner,category,topic,title,is_available_in_public_feed,is_locked,slug,upvoted,bookmarked,following,identifier,comment_count,upvote_count,view_count,exit_count,rating_count,average_rating,share_count,bookmark_count,video_link,thumbnail_url,gif_thumbnail_url,contract_address,chain_id,chart_url,baseToken,created_at,tags",
  );
  expect(keys(card.owner)).toBe(
    "first_name,last_name,name,username,picture_url,user_type,has_evm_wallet,has_solana_wallet",
  );
  expect(keys(card.topic)).toBe(
    "id,name,description,image_url,slug,is_public,project_code,posts_count,language,created_at,owner",
  );
  expect(keys(card.topic.owner)).toBe("first_name,last_name,name,username,profile_url,user_type");
  expect(keys(cardOf(traps.get(10)).category)).toBe("id,name,count,description,image_url");
  expect(keys(card["baseToken"] as object)).toBe("address,name,symbol,image_url");
});

test("a card has the same keys when upstream leaves out all but the id", () => {
  expect(keys(cardOf({ id: 19 }))).toBe(keys(cardOf(traps.get(11))));
});

test("a card is cut round the three flags that depend on the asking user", () => {
  const { head, tail } = toPost(traps.get(10))!.card;
  expect(head).toStartWith('{"id":10,"owner":{');
  expect(head).toEndWith(',"slug":"post-10"');
  expect(tail).toStartWith(',"identifier":"p10",');
  expect(tail).toEndWith("}");
});

test("an owner's name is made of first and last name", () => {
  expect(cardOf(traps.get(10)).owner).toMatchObject({ name: "Grace Example", user_type: null });
  expect(cardOf(postRow(1, { first_name: "Solo", last_name: null })).owner).toMatchObject({
    name: "Solo",
  });
});

test("a missing category or topic stays the empty list that upstream sends", () => {
  expect(cardOf(traps.get(11)).category).toEqual([]);
  expect(cardOf(traps.get(14)).topic as unknown).toEqual([]);
});

test("a card holds values as upstream sent them, odd letters included", () => {
  expect(cardOf(traps.get(18))["title"]).toBe("  Über 🎈 \ud800 mornings  ");
  expect(cardOf(traps.get(14))).toMatchObject({ average_rating: -12.5, exit_count: 8 });
  expect(cardOf(traps.get(13))["tags"]).toEqual(["tea", "morning"]);
});

test("keys that upstream adds one day do not get onto a card", () => {
  for (const row of traps.values())
    expect(JSON.stringify(toPost(row)?.card ?? "")).not.toContain(PLANTED);
});

test("the flags of the token's owner do not get onto a card", () => {
  const own = { upvoted: true, bookmarked: true, following: true, is_viewed: true };
  const { head, tail } = toPost(postRow(1, own))!.card;
  expect(head + tail).not.toMatch(/"(upvoted|bookmarked|following|is_viewed)"/);
});
