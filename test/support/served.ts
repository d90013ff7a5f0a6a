/** The service as a process of its own, run from the sources and asked over HTTP. */
import { expect } from "bun:test";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { writeTinyModel } from "../text/tiny-model.ts";
import { NO_DAILY_RUN } from "./day.ts";
import { start, type openYard, type Serving } from "./program.ts";

const MAIN = resolve(import.meta.dir, "../../src/main.ts");
type Yard = ReturnType<typeof openYard>;

/** A post of a reply, as far as tests look. */
export type Post = { id: number; title: string; upvoted: boolean; category: { name: string } };

/** A reply of `/feed`, as far as tests look. */
export type Feed = {
  post: Post[];
  next: string | null;
  meta: {
    user: { id: number | null; known: boolean };
    audience: string;
    match: string[];
    snapshot: string;
    fallback: string[];
  };
  explain?: { id: number; score: number; terms: Record<string, number>; reasons: string[] }[];
};

/** An encoder that is loaded in no time, written once. */
export async function tinyModel(folder: string): Promise<string> {
  return existsSync(folder) ? folder : writeTinyModel(folder, 16);
}

/** `bun src/main.ts serve` on a free port, in a home of its own; resolves once it listens. */
export async function serveIn(
  yard: Yard,
  name: string,
  settings: Record<string, string> = {},
): Promise<Serving> {
  const { work, ...home } = yard.home(name);
  const env = {
    ...home,
    PORT: "0",
    DATA_DIR: join(work, "data"),
    ENCODER_MODEL: await tinyModel(join(yard.root, "tiny")),
    ENCODER_THREADS: "1",
    ...NO_DAILY_RUN,
  };
  const started = start([process.execPath, MAIN, "serve"], { ...env, ...settings }, work);
  const url = /listening on (\S+)/.exec(await started.said(/listening on/))![1]!;
  return { ...started, get: (path) => fetch(new URL(path, url)) };
}

/** A reply with this status. */
export async function json<T>(
  { get }: Pick<Serving, "get">,
  path: string,
  status = 200,
): Promise<T> {
  const response = await get(path);
  expect(response.status).toBe(status);
  return (await response.json()) as T;
}

/** A page of a feed, or of `next`. */
export async function feed(service: Serving, query: string): Promise<Feed> {
  const it = await json<Feed & { meta: { recommendation_id?: string } }>(service, `/feed?${query}`);
  delete it.meta.recommendation_id; // each reply has one of its own
  return it;
}

/** The ids on a page. */
export const idsOf = ({ post }: Feed) => post.map(({ id }) => id);

/** Every page, by `next`. */
export async function pages(service: Serving, query: string): Promise<Feed[]> {
  const all: Feed[] = [];
  for (let path: string | null = `/feed?${query}`; path !== null; path = all.at(-1)!.next)
    all.push(await json<Feed>(service, path));
  return all;
}
