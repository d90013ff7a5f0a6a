/** The README's section on data of one's own, done as it says. */
import { join } from "node:path";
import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import { chromiumPath, startChromium } from "../support/chromium.ts";
import { leaveOut } from "../support/needs.ts";
import { vidrec } from "../support/cli.ts";
import { openYard, until, type Serving } from "../support/program.ts";
import { serveIn } from "../support/served.ts";

setDefaultTimeout(300_000); // no test is to fail because a machine is slow

const yard = openYard();
afterAll(() => yard[Symbol.dispose]());
const readme = await Bun.file(new URL("../../README.md", import.meta.url)).text();
const section = readme.split("\n## Your own data\n")[1]!.split("\n## ")[0]!;
const [, page] = /```html\n([^]*?)```/.exec(section)!;

/** The README's calls: path and body. */
const calls = [...section.matchAll(/^curl '?localhost:8000([^\s']+)'?(?: --json '([^']*)')?$/gm)];

/** Lists in the README: that of the files, then those of curl. */
const shown = [...section.matchAll(/"items": \[([^]*?)\n {2}\]/g)].map(([, items]) => ({
  ids: [...items!.matchAll(/"id": "([^"]+)"/g)].map(([, id]) => id!),
  titles: [...items!.matchAll(/"title": "([^"]+)"/g)].map(([, title]) => title!),
}));
const seenIn = ({ items }: Served) => ({
  ids: items.map(({ id }) => id),
  titles: items.map(({ card }) => card.title),
});

type Served = { items: { id: string; card: { title: string } }[]; next: string };

type Ready = { snapshot?: { embedded: number }; learning: { running_since: string | null } };

/** Waits until all five posts are encoded and learnt. */
const learnt = ({ get }: Pick<Serving, "get">) =>
  until(async () => {
    const { snapshot, learning } = (await (await get("/health/ready")).json()) as Ready;
    return snapshot?.embedded === 5 && learning.running_since === null ? true : undefined;
  });

/** A service of one's own, filled as the README says; `last` is what its last call answered. */
async function filled(name: string, settings: Record<string, string> = {}) {
  const encoder = { ENCODER_MODEL: "all-MiniLM-L6-v2" };
  const service = await serveIn(yard, name, { CATALOGUE: "own", ...encoder, ...settings });
  const url = /listening on (\S+)/.exec(await service.said(/listening on/))![1]!;
  const call = async ([, path, body]: RegExpExecArray) => {
    const headers = { "content-type": "application/json" };
    const sent = body === undefined ? {} : { method: "POST", headers, body };
    const response = await fetch(url + path!, sent);
    return response.status === 503 ? undefined : response;
  };
  expect(calls.length).toBeGreaterThanOrEqual(3);
  for (const it of calls.slice(0, -1)) expect((await call(it))!.status).toBe(202);
  await learnt(service);
  const last = (await call(calls.at(-1)!))!;
  return { service, url, last: (await last.json()) as Served };
}

test("the files are imported, and the first list is what the README shows", async () => {
  const { work } = yard.home("files");
  for (const [, name, text] of section.matchAll(/<!-- (\w+\.csv): begin -->\s*```csv\n([^]*?)```/g))
    await Bun.write(join(work, name!), text!);
  const lines = [...section.matchAll(/^\S.* (import \w+ \w+\.csv)$/gm)];
  expect(lines).toHaveLength(2);
  for (const [, line] of lines) {
    const { code, out } = await vidrec(line!.split(" "), work, { DATA_DIR: join(work, "data") });
    expect([code, out.includes("WARNING")]).toEqual([0, false]);
  }
  const service = await serveIn(yard, "files", { ENCODER_MODEL: "all-MiniLM-L6-v2" });
  await learnt(service);
  const [, path] = /127\.0\.0\.1:8000(\/recommendations[^']*)/.exec(section)!;
  expect(seenIn((await (await service.get(path!)).json()) as Served)).toEqual(shown[0]!);
  expect(await service.stop()).toBe(0);
});

test("curl's lines fill a catalogue, and the first list is what the README shows", async () => {
  const { service, last } = await filled("curl");
  expect(seenIn(last)).toEqual(shown[1]!);
  expect(last.next).toStartWith("/recommendations?user=ada&limit=2&cards=true&cursor=");
  expect(await service.stop()).toBe(0);
});

const path = chromiumPath();
const absence = path ? undefined : "no Chromium was found (apt-get install chromium)";

test.skipIf(leaveOut("the page of the README", absence))(
  "the page shows a person's posts, and a like of theirs is stored",
  async () => {
    expect(page!.trim().split("\n").length).toBeLessThanOrEqual(30);
    let api = "";
    const html = { headers: { "content-type": "text/html" } };
    const pages = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: () => new Response(page!.replace("http://localhost:8000", api), html),
    });
    const { service, url } = await filled("page", { CORS_ORIGINS: pages.url.origin });
    api = url;
    const browser = await startChromium(path!);
    try {
      const tab = await browser.newPage();
      const errors: string[] = [];
      tab.on("pageerror", ({ message }) => errors.push(message));
      await tab.goto(pages.url.href);
      await tab.locator("li").first().waitFor();
      expect(await tab.locator("li").count()).toBe(5);
      const events = async () => ((await (await fetch(url)).json()) as { events: number }).events;
      const before = await events();
      await tab.locator("li", { hasText: "Stretch" }).click();
      await until(async () => ((await events()) > before ? true : undefined));
      await until(async () => ((await tab.locator("li").last().innerText()) === "Stretch" ? true : undefined)); // prettier-ignore
      expect(errors).toEqual([]);
    } finally {
      await browser.close();
      await pages.stop(true);
      await service.stop();
    }
  },
);
