/** `vidrec keys`: makes, lists and revokes the keys that apps call with. */
import { existsSync } from "node:fs";
import { pathsOf } from "../app/paths.ts";
import { oneOf, parser } from "../config/values.ts";
import { newKey, hashOf } from "../domain/api-key.ts";
import { openStore, type StoreFile } from "../data/sqlite/open.ts";
import { SCOPES, type Scope } from "../domain/api-key.ts";
import { CommandError, UsageError, type Command, type Context } from "./command.ts";
import { table } from "./table.ts";

const nameOfKey = parser(
  "a name of 1 to 64 letters, digits, dots, dashes and underscores",
  (text) => (/^[\w.-]{1,64}$/.test(text) ? text : undefined),
);

export const keys: Command = {
  name: "keys",
  summary: "make, list or revoke the keys that apps call with; also while `serve` runs",
  args: [
    { syntax: "<what>", help: "add, list or revoke", parse: oneOf(["add", "list", "revoke"]) },
    { syntax: "[name]", help: "the key to revoke", parse: nameOfKey },
  ],
  options: [
    { syntax: "--scope <scope>", help: "what a new key may do", choices: SCOPES },
    { syntax: "--name <name>", help: "of a new key: whose it is", parse: nameOfKey },
  ],
  run: async (context) => {
    const { args, options } = context;
    const [what, revoked] = args;
    const { scope, name } = options as { scope?: Scope; name?: string };
    if (what === "add") {
      if (!scope || !name || revoked)
        throw new UsageError("a new key needs `vidrec keys add --scope read|write|admin --name …`");
      return add(context, scope, name);
    }
    if (scope || name || (what === "list") !== (revoked === undefined))
      throw new UsageError("use `vidrec keys list`, or `vidrec keys revoke <name>`");
    return revoked === undefined ? list(context) : revoke(context, revoked);
  },
};

async function add({ config, out, print }: Context, scope: Scope, name: string): Promise<number> {
  const { storePath, catalogue } = pathsOf(config);
  using store = openStore(storePath);
  const [key, isFirst] = [newKey(), !(await store.keys.any())];
  if (!(await store.keys.add({ name, scope, createdAtMs: Date.now() }, hashOf(key))))
    throw new CommandError(
      `there is a key ${name} already: choose another name, or \`vidrec keys revoke ${name}\` first`,
    );
  out.log(
    `${storePath} has a key ${name} (${scope}) from now on. It is shown this once: ` +
      "send it as `Authorization: Bearer …` or `X-API-Key: …`",
  );
  out.log(
    `it opens the catalogue ${catalogue} alone: each has keys of its own, and CATALOGUE chooses`,
  );
  if (isFirst)
    out.log(
      "it is the first one: from now on nothing but /, /llms.txt, /docs, /openapi.json, /health, /health/ready, " +
        "/api/health/live, /api/health/ready and the empty page of /dashboard answers without a key",
    );
  print(key);
  return 0;
}

async function list({ config, print }: Context): Promise<number> {
  const { storePath } = pathsOf(config);
  using store = existing(storePath);
  const all = await store.keys.list();
  const rows = all.map(({ name, scope, createdAtMs }) => [
    ...[name, scope, new Date(createdAtMs).toISOString()],
  ]);
  print(all.length === 0 ? `${storePath} has no keys` : table(["name", "scope", "created"], rows));
  return 0;
}

async function revoke({ config, out, print }: Context, name: string): Promise<number> {
  const { storePath } = pathsOf(config);
  using store = existing(storePath);
  if (!(await store.keys.revoke(name)))
    throw new CommandError(
      `${storePath} has no key ${name}: \`vidrec keys list\` shows those it has`,
    );
  print(`${name} is revoked`);
  if (!(await store.keys.any()))
    out.log("it was the last one: whoever reaches the port may read again, without a key");
  return 0;
}

/** A store that is not made by looking for it. @throws CommandError */
function existing(path: string): StoreFile {
  if (existsSync(path)) return openStore(path);
  throw new CommandError(`there is no ${path} yet, and so no key: \`vidrec keys add\` makes both`);
}
