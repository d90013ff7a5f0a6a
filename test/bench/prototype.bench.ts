/**
 * `/feed`, every request a fresh ranking, beside the way the service was first tried: FastAPI, lists
 * of dicts read from JSON files, numpy to compare with each post (peers/prototype.py). One process
 * each, 32 connections over loopback, 20 posts a page.
 *
 * Sized like MovieLens-1M (3,416 posts, 6,040 users, a million views, three in five liked): large
 * enough for lists to hurt, small enough for the first way to answer at all. Its histories are used
 * where they are on this machine. Everybody has asked ours once before time is taken: a
 * person who has not changed since is not folded in again, as in feed.bench.ts; the other way keeps
 * nothing. Page 1 is always ranked anew.
 *
 * The second row is that way with its events put in order by user: what is left then is
 * Python making objects, and what the encoder of JSON does with them.
 */
import { join } from "node:path";
import { temporaryFolder } from "../support/folder.ts";
import { card } from "../support/service.ts";
import { eventsOf, movielensCatalogue, postId, userId, username, type Catalogue } from "./catalogue.ts"; // prettier-ignore
import { load } from "./load.ts";
import { pinned, pythonWith } from "./peers/venv.ts";
import { beside, compare, figure, interleaved, type BenchOptions, type BenchRow } from "./row.ts"; // prettier-ignore
import { freePort } from "../support/program.ts";
import { serve, started, type Serving } from "./serving.ts";
import { askAll, fillToServe, firstPages } from "./world.ts";

const CONNECTIONS = 32;

export async function rows({ quick }: BenchOptions): Promise<BenchRow[]> {
  using folder = temporaryFolder();
  const catalogue = await movielensCatalogue();
  const { embeddings: vectors } = await fillToServe(folder.path, catalogue);
  await writeLists(folder.path, catalogue, vectors);
  const paths = firstPages(catalogue);
  const rate = async ({ url }: Serving, seconds: number) =>
    (await load({ url, paths, connections: CONNECTIONS, seconds })).perSecond;
  const name = `/feed, ${catalogue.name}, fresh`;
  const version = `${await pinned("fastapi")}, ${await pinned("numpy")}`;
  const done: BenchRow[] = [];
  using ours = await serve(folder.path, paths[0]!);
  await askAll(ours, paths);
  for (const way of quick ? (["--scan"] as const) : (["--scan", "--grouped"] as const)) {
    using theirs = await startPrototype(folder.path, way, paths[0]!);
    await rate(ours, 1);
    // The first way answers all 32 at about the same time: in short runs once or never.
    const [times, seconds] = quick ? [1, 8] : [5, 20];
    const runs = await interleaved(
      times,
      () => rate(ours, seconds / 4),
      () => rate(theirs, seconds),
    );
    const [us, them] = [figure(runs.ours, "/s"), figure(runs.theirs, "/s", version)];
    if (way === "--scan") {
      done.push(compare(name, { reach: 50, go: 150 }, us, them));
      const memory = (it: Serving) => figure([it.memoryMb()], "MB");
      done.push(beside(`${name}: memory`, memory(ours), memory(theirs)));
    } else done.push(beside(`${name}, theirs in order by user`, us, them));
  }
  return done;
}

/** Writes the prototype's data as JSON files. */
async function writeLists(folder: string, catalogue: Catalogue, vectors: Float32Array) {
  const { posts, users } = catalogue;
  const rows = (count: number) => Array.from({ length: count }, (_, n) => n);
  const post = (row: number) => {
    const { head, tail } = card(Number(postId(row)));
    return head + tail;
  };
  await Bun.write(join(folder, "posts.json"), `[${rows(posts).map(post).join(",")}]`);
  const people = rows(users).map((user) => ({
    id: Number(userId(user)),
    username: username(user),
  }));
  await Bun.write(join(folder, "users.json"), JSON.stringify(people));
  const all = rows(users).flatMap((user) => eventsOf(catalogue, user));
  for (const kind of ["view", "like"] as const) {
    const list = all
      .filter((it) => it.kind === kind)
      .map((it, n) => ({
        id: n + 1,
        post_id: Number(it.postId),
        user_id: Number(it.userId),
        [kind === "view" ? "viewed_at" : "liked_at"]: new Date(it.claimedAtMs).toISOString(),
      }));
    await Bun.write(join(folder, `${kind}s.json`), JSON.stringify(list));
  }
  await Bun.write(join(folder, "vectors"), vectors);
}

async function startPrototype(folder: string, way: string, path: string): Promise<Serving> {
  const python = await pythonWith("requirements.txt");
  const port = freePort();
  const script = join(import.meta.dir, "peers", "prototype.py");
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const cmd = [python, script, folder, way, `${port}`];
  return started(cmd, env, `http://127.0.0.1:${port}`, path);
}
