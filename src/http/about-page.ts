/** The reply of `/`, as JSON and as a page. */
import { t } from "elysia";
import { contentPolicy } from "./content-policy.ts";

/** The reply of `/`. */
export type AboutReply = typeof AboutReply.static;
export const AboutReply = t.Object({
  name: t.Literal("vidrec"),
  version: t.String(),
  catalogue: t.Union([t.Literal("demo"), t.Literal("socialverse"), t.Literal("own")], {
    description: "Whose posts these are: the embedded demo's, Socialverse's, or an app's own",
  }),
  posts: t.Integer({ description: "Stored posts" }),
  people: t.Integer({ description: "People of whom anything is stored" }),
  events: t.Integer({ description: "Stored events about posts; steering and erasures are none" }),
  snapshot: t.Union(
    [t.Object({ id: t.String(), age_seconds: t.Number(), posts: t.Integer() }), t.Null()],
    { description: "What was learnt last; null before the first" },
  ),
  next: t.Union([t.String(), t.Null()], {
    description: "What to do where nothing is recommended yet",
  }),
  links: t.Record(t.String(), t.String(), { description: "Where to read on" }),
});

const CATALOGUES = {
  demo: "the built-in demo: its videos and people do not exist",
  socialverse: "Socialverse's, read once a day",
  own: "your own",
};

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color: #222; background: #fff }
  dl { display: grid; grid-template-columns: max-content auto; gap: .25rem 1.5rem }
  dt { color: #555 } dd { margin: 0 }
  pre { background: #f3f3f3; padding: 1rem; overflow-x: auto }
  @media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } dt { color: #aaa } pre { background: #262626 } a { color: #8bf } }
`;

/** Content policy of the page: its own style, and nothing else. */
export const POLICY = contentPolicy(
  `style-src 'sha256-${new Bun.CryptoHasher("sha256").update(STYLE).digest("base64")}'`,
);

/** The page; `origin` is how its reader calls this service. */
export function aboutPage(it: AboutReply, origin: string): string {
  const { version, snapshot, next, links, posts } = it;
  const facts = {
    catalogue: CATALOGUES[it.catalogue],
    posts: count(posts),
    people: count(it.people),
    events: count(it.events),
    "last snapshot": snapshot
      ? `${snapshot.id}, ${age(snapshot.age_seconds)} old, of ${count(snapshot.posts)} posts`
      : "none yet",
  };
  const rows = Object.entries(facts).map(([name, fact]) => `<dt>${name}</dt><dd>${fact}</dd>`);
  const items = Object.entries(links).map(([name, to]) => `<li><a href="${to}">${name}</a></li>`);
  const nextStep = next === null ? "" : `<p>${Bun.escapeHTML(next)}</p>`;
  const example = `<pre>${Bun.escapeHTML(posts === 0 ? pushOf(origin) : `curl '${origin}${LISTS[it.catalogue]}'`)}</pre>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>vidrec</title>
<style>${STYLE}</style>
</head>
<body>
<h1>vidrec ${Bun.escapeHTML(version)}</h1>
<p>Recommends short videos: ranked lists for a person, a category or a mood.</p>
<dl>${rows.join("")}</dl>
${nextStep}
${example}
<ul>${items.join("")}</ul>
</body>
</html>
`;
}

const count = (n: number) => n.toLocaleString("en-GB");

function age(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} minutes`;
  return `${Math.round(seconds / 3_600)} hours`;
}

const pushOf = (origin: string) => `curl ${origin}/posts -H 'content-type: application/json' -d '
{"posts": [{"id": "a1", "title": "Sourdough in five minutes", "category": "Baking"},
           {"id": "b2", "title": "A calm morning stretch", "category": "Yoga"}]}'`;

/** A list of each catalogue; of the demo, somebody's who exists. */
const LISTS = {
  demo: "/feed?username=maya-runs",
  socialverse: "/feed?username=somebody",
  own: "/recommendations?user=somebody",
};
