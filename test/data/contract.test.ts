/** Contract of the ports, for every implementation. */
import { expect } from "bun:test";
import { hashOf, newKey } from "../../src/domain/api-key.ts";
import type { Event } from "../../src/domain/event.ts";
import type { PostId, PostKey, UserId, UserKey } from "../../src/domain/ids.ts";
import type { SignalName } from "../../src/domain/known-signals.ts";
import { hashUsers } from "../support/hashes.ts";
import { somePost, someUser } from "../support/records.ts";
import { append, change, pushPosts } from "../support/changes.ts";
import { overEveryStore } from "./stores.ts";

const did = (user: string, kind: SignalName, post: string, claimedAtMs: number): Event => ({
  userId: user as UserId,
  postId: post as PostId,
  kind,
  value: 1,
  claimedAtMs,
});
const received = (receivedAtMs: number) => ({ receivedAtMs, origin: "client" });
const VECTOR = Float32Array.of(0.6, -0.8);
const vectors = (...hashes: string[]) => hashes.map((hash) => ({ hash, vector: VECTOR }));

overEveryStore((on) => {
  on("gives every id a key for ever, whatever text it is", async ({ ids, posts, changeAll }) => {
    const strange = ["7", "007", "at://a/b%20c", "ñ", "n\u0303", "🦉", "9".repeat(128)] as PostId[];
    await posts.record(strange.map((id) => somePost(id)), 1); // prettier-ignore
    const keys = await ids.postKeys([...strange, "unknown" as PostId]);
    expect([...keys.keys()].sort()).toEqual(strange.toSorted());
    expect(new Set(keys.values()).size).toBe(strange.length);
    await append({ changeAll }, [did("ada", "view", "7", 1)], received(2));
    expect(await ids.postKeys(strange)).toEqual(keys);
    const back = await ids.postIds([...keys.values(), 999 as PostKey]);
    expect(new Map([...back].map(([key, id]) => [id, key]))).toEqual(keys);
    const [ada] = (await ids.userKeys(["ada" as UserId])).values();
    expect(await ids.userIds([ada!])).toEqual(new Map([[ada!, "ada" as UserId]]));
  });

  on("serves cards of what may be shown, and columns of all", async ({ ids, posts }) => {
    await posts.record([somePost("b"), somePost("a", { isLocked: true })], 1);
    const keys = await ids.postKeys(["a", "b"] as PostId[]);
    const shown = await posts.cards([...keys.values()]);
    expect([...shown.keys()]).toEqual([keys.get("b" as PostId)!]);
    const { keys: all, isLocked, titles } = await posts.columns();
    expect([all.length, ...all].slice(1)).toEqual([...all].sort((a, b) => a - b));
    expect(Object.fromEntries(titles.map((title, n) => [title, isLocked[n]]))).toEqual({ "post a": 1, "post b": 0 }); // prettier-ignore
    expect(await posts.record([somePost("b")], 2)).toBe(0);
    expect([await posts.count(), await posts.titles([1 as PostKey])]).toEqual([2, new Map([[1 as PostKey, "post b"]])]); // prettier-ignore
  });

  on(
    "says what keeps a post out, and until when one may be shown",
    async ({ ids, posts, changeAll }) => {
      await posts.record([somePost("a", { isPublic: false, isLocked: true })], 1);
      await pushPosts({ changeAll }, [somePost("b", { sent: "{}", isPublic: false }), somePost("c", { sent: "{}", expiresAtMs: 5 })], 1); // prettier-ignore
      const keys = await ids.postKeys(["a", "b", "c"] as PostId[]);
      const none = { isWithdrawn: 0, isPrivate: 0, isLocked: 0, isHidden: 0, expiresAtMs: null };
      expect(await Promise.all([...keys.values(), 999 as PostKey].map(posts.limits))).toEqual([
        { ...none, isPrivate: 1, isLocked: 1 },
        { ...none, isHidden: 1 },
        { ...none, expiresAtMs: 5 },
        undefined,
      ]);
      const cards = await posts.cards([...keys.values()]);
      expect([...cards.values()].map((it) => it.expiresAtMs)).toEqual([5]);
    },
  );

  on("finds users by name, then by id, also those that only events know", async (store) => {
    const { users, ids, changeAll } = store;
    await users.record([someUser("u/1", "Ada"), someUser("2", "bob")], 1);
    await append({ changeAll }, [did("guest 🦉", "view", "1", 1)], received(2));
    const keys = await ids.userKeys(["u/1", "2", "guest 🦉"] as UserId[]);
    for (const [asked, id] of [
      ["ada", "u/1"],
      ["u/1", "u/1"],
      ["2", "2"],
      ["guest 🦉", "guest 🦉"],
    ])
      // prettier-ignore
      expect(await users.find(asked!)).toBe(keys.get(id as UserId)!);
    expect(await users.find("nobody")).toBeUndefined();
    expect(await users.profile(keys.get("guest 🦉" as UserId)!)).toBeUndefined();
    expect((await users.profiles()).map((it) => it.key)).toEqual([1, 2] as UserKey[]);
  });

  on(
    "keeps events in order, each once, and histories at every seq",
    async ({ events, ids, changeAll }) => {
      const like = did("ada", "like", "p", 10);
      expect(await append({ changeAll }, [like, { ...like, clientId: "x" }, { ...like, clientId: "x" }], received(20))).toEqual({ accepted: 2, duplicates: [2] }); // prettier-ignore
      await append({ changeAll }, [did("bob", "view", "q", 15)], received(21));
      await append({ changeAll }, [{ ...like, isWithdrawal: true }], received(30));
      const [ada, bob] = (await ids.userKeys(["ada", "bob"] as UserId[])).values();
      const last = await events.lastSeq();
      expect([await events.position(ada!), await events.count()]).toEqual([last, 4]);
      expect(await events.position(bob!)).toBeLessThan(last);
      expect([...(await events.history(ada!)).withdrawn]).toEqual([1]);
      expect([...(await events.history(ada!, last - 1)).withdrawn]).toEqual([0]);
      expect([...(await events.histories()).userKeys]).toEqual([ada!, bob!]);
      expect((await events.histories(0)).userKeys).toHaveLength(0);
      expect(await events.asOfMs()).toBe(15);
      await change({ changeAll }, "eraseUser", "ada" as UserId, 40);
      expect([...(await events.histories()).userKeys]).toEqual([bob!]);
      expect(await events.position(ada!)).toBeGreaterThan(last);
    },
  );

  on(
    "erases a profile's vectors with it, unless a text of somebody else is the same",
    async (store) => {
      const bio = (id: string, text: string) => someUser(id, id, { bio: text });
      await store.users.record([bio("ada", "own"), bio("bob", "shared"), bio("eve", "shared")], 1);
      await hashUsers(store.texts, (it) => it.bio);
      await store.embeddings.put("m", vectors("own", "shared"));
      for (const id of ["ada", "bob"] as UserId[]) await change(store, "eraseUser", id, 9);
      expect([...(await store.embeddings.get("m", ["own", "shared"])).keys()]).toEqual(["shared"]);
      expect((await store.users.profiles()).map((it) => it.key)).toEqual([3 as UserKey]);
    },
  );

  on("forgets the vectors of a text that nobody has any more", async (store) => {
    const { embeddings, texts, users } = store;
    const record = async (id: string, bio: string) => {
      await users.record([someUser(id, id, { bio })], 1);
      await hashUsers(texts, (it) => it.bio);
    };
    const put = (...hashes: string[]) => embeddings.put("m", vectors(...hashes), true);
    const known = async () => (await embeddings.after("m", "", 9)).map((it) => it.hash);
    await record("ada", "before");
    await record("bob", "shared");
    await record("eve", "shared");
    await put("before", "shared");
    await record("ada", "now");
    await record("bob", "other");
    expect(await known()).toEqual(["shared"]);
    await put("before", "now"); // encoded while it was replaced
    expect(await known()).toEqual(["now", "shared"]);
  });

  on("keeps a hash only of a text that is still as it was read", async ({ posts, texts }) => {
    await posts.record([somePost("a"), somePost("b", { categories: [] })], 1);
    const read = await texts.postsToHash(10);
    await posts.record([somePost("a", { title: "told anew" })], 2);
    await texts.keepPostHashes(read.map((it) => ({ ...it, hash: `hash of ${it.title}` })));
    expect((await texts.postsToHash(10)).map((it) => it.title)).toEqual(["told anew"]);
    expect(await texts.postsWithoutVector("m", 10)).toMatchObject([{ hash: "hash of post b" }]);
    expect(await texts.backlog("m")).toBe(1);
  });

  on("keeps vectors by model and hash", async ({ embeddings }) => {
    await embeddings.put("m", vectors("b", "a"));
    expect(await embeddings.get("m", ["a", "c"])).toEqual(new Map([["a", VECTOR]]));
    expect((await embeddings.after("m", "", 9)).map((it) => it.hash)).toEqual(["a", "b"]);
    expect(await embeddings.get("n", ["a"])).toEqual(new Map());
  });

  on("withdraws what scans have missed, and what comes back is new", async ({ scans, events }) => {
    const likes = [did("ada", "like", "p", 1), did("ada", "like", "q", 2)];
    const first = await scans.begin("like", "2025-06-01", 10);
    expect(await events.record(likes, { scan: first, atMs: 10 })).toEqual({ changed: 2, held: [] });
    const second = await scans.begin("like", "2025-06-02", 20);
    await events.record(likes.slice(1), { scan: second, atMs: 20 });
    expect(await scans.finish(second, 1, 20, true)).toMatchObject({ live: 2, missing: 1 });
    expect(await scans.withdraw("like", second, 10, 30)).toBe(1);
    expect([...(await events.history(1 as UserKey)).withdrawn]).toEqual([1, 0]);
    expect((await events.record(likes, { scan: second, atMs: 40 })).changed).toBe(1);
    expect([...(await events.history(1 as UserKey)).withdrawn]).toEqual([0, 0]);
  });

  on("has one version of the catalogue and one identity, whatever users do", async (store) => {
    await store.users.record([someUser("ada", "ada")], 1);
    const [before, mark] = [await store.version(), (await store.mark())!];
    await append(store, [did("ada", "view", "p", 1)], received(2));
    expect([await store.version(), await store.mark()]).toEqual([before, { ...mark, seq: 1 }]);
    await store.posts.record([somePost("p")], 1);
    expect(await store.version()).toBeGreaterThan(before);
  });

  on("finds keys by their whole hash, until they are revoked", async ({ keys }) => {
    const app = { name: "app", scope: "write", createdAtMs: 7 } as const;
    const hash = hashOf(newKey());
    expect(await keys.any()).toBeFalse();
    expect(await keys.add(app, hash)).toBeTrue();
    expect(await keys.add({ ...app, scope: "admin" }, hashOf("other"))).toBeFalse();
    expect(await keys.add({ ...app, name: "a.page" }, `${hash.slice(0, -1)}x`)).toBeTrue();
    expect([await keys.find(hash), await keys.any()]).toEqual([app, true]);
    expect(await keys.find(hashOf("other"))).toBeUndefined();
    expect((await keys.list()).map(({ name }) => name)).toEqual(["a.page", "app"]);
    expect([await keys.revoke("app"), await keys.revoke("app")]).toEqual([true, false]);
    expect([await keys.find(hash), await keys.any()]).toEqual([undefined, true]);
  });

  on("belongs to the upstream that filled it, and keeps its tuning", async ({ meta }) => {
    await meta.claimFor("https://ada:secret@a.example");
    expect(await meta.filledFrom()).toBe("https://a.example");
    expect(await meta.checkIsFor("https://b.example").catch(String)).toContain("filled from");
    await meta.keepTuning("{}");
    expect(await meta.tuning()).toBe("{}");
  });
});
