/** The image of the Dockerfile: its files, run as it says, on a bare Debian 12. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join, resolve } from "node:path";
import { plainDataset } from "../support/dataset.ts";
import { dayLasts } from "../support/day.ts";
import { debianAbsence, unpackDebian } from "../support/debian.ts";
import { makeImage, type Image } from "../support/image.ts";
import { leaveOut } from "../support/needs.ts";
import {
  contentsOf,
  fedBy,
  freePort,
  inWords,
  openYard,
  type Started,
} from "../support/program.ts";
import { serveSocialverse } from "../support/socialverse.ts";

const PROJECT = resolve(import.meta.dir, "../..");
const MINUTES = 60_000;
const yard = openYard();
const root = join(yard.root, "root");
let image: Image;
let service: Started | undefined;

afterAll(async () => {
  service?.signal("SIGKILL");
  await service?.exitCode;
  yard[Symbol.dispose]();
});

describe.skipIf(leaveOut("the tests of the container", await debianAbsence()))(
  "a container",
  () => {
    beforeAll(async () => {
      await unpackDebian(root);
      image = await makeImage(PROJECT, join(yard.root, "build"), root);
    }, 5 * MINUTES);

    test("listens where the image says, as nobody in particular", () => {
      expect(image.environment).toMatchObject({ HOST: "0.0.0.0", PORT: String(image.port) });
      expect(image.environment["DATA_DIR"]).toBe(image.volume);
      expect(image.user).toBe("10001:10001");
    });

    test("holds the licences of its parts, as the program in it prints them", async () => {
      const file = await Bun.file(join(root, "usr/share/doc/vidrec/LICENSES")).text();
      const printing = image.run([...image.command.slice(0, 1), "licenses"], {});
      expect(await printing.exitCode).toBe(0);
      expect(printing.lines.join("\n").trim()).toBe(file.trim());
      expect(file).toContain("\nelysia ");
    });

    test(
      "serves feeds, says that it is well, and keeps what it has in its volume",
      async () => {
        await dayLasts();
        using upstream = serveSocialverse({ data: plainDataset({ users: 20, posts: 30 }) });
        const settings = fedBy(upstream);
        let port = String(freePort());
        const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
        const feed = async (query: string) => (await (await get(`/feed?${query}`)).json()) as Feed;
        const health = () => image.run(image.healthCheck, { ...settings, PORT: port }).exitCode;
        const serve = async () => {
          service = image.run(image.command, { ...settings, PORT: "0" });
          port = /listening on \S+:(\d+)/.exec(await service.said(/listening on/))![1]!;
          return service;
        };

        expect(await health()).not.toBe(0);
        service = await serve();
        await service.said(/learnt snapshot .* 30 of them understood by their text/);
        expect(await health()).toBe(0);
        const mine = await feed("username=user7");
        expect(mine.post).toHaveLength(20);
        const mood = await inWords(() => feed("username=user7&mood=rain+on+the+window"));
        // Encoded, and far from posts called "Post 7".
        expect(mood.meta).toMatchObject({ match: ["mood:none"], fallback: [] });
        expect((await get("/docs")).status).toBe(200);
        expect(await service.stop()).toBe(0);
        expect(contentsOf(join(root, "tmp"))).toEqual([]);
        const [volume, ...inVolume] = await owned();
        expect(`/${volume}`).toBe(image.volume);
        expect(inVolume).toContain(`${volume}/store.db`);
        expect(inVolume.filter((it) => !it.startsWith(`${volume}/`))).toEqual([]);

        const asked = upstream.count();
        service = await serve();
        expect((await feed("username=user7")).meta.snapshot).toBe(mine.meta.snapshot);
        expect(await service.stop()).toBe(0);
        expect(upstream.count()).toBe(asked);
        service = undefined;
      },
      5 * MINUTES,
    );
  },
);

/** Files and folders in the root that the image's user owns. */
async function owned(): Promise<string[]> {
  const found = await Bun.$`find ${root} -xdev -uid 10001 -printf ${"%P\\n"}`.text();
  return found.trim().split("\n").sort();
}

type Feed = { post: unknown[]; meta: { snapshot: string; match: string[]; fallback: string[] } };
