/** Postman collection of the API, made from its OpenAPI document; as a program it writes http/postman.json. */
import { convertV2 } from "openapi-to-postmanv2";
import { apiDocument } from "../http/server.ts";

type Saved = { readonly code: number; readonly header: readonly { key: string; value: string }[] };
type Item = { readonly item?: readonly Item[]; readonly response?: readonly Saved[] };

/** The collection of an OpenAPI document, with a check of the reply in every request. */
export async function postmanCollection(document: object): Promise<object> {
  const { item, info } = (await converted(document)) as Item & { readonly info: object };
  const collection = {
    info,
    item: item?.map(withChecks),
    variable: [
      { key: "baseUrl", value: "http://127.0.0.1:8000" },
      { key: "bearerToken", value: "" }, // a key, where the service has any
    ],
  };
  return JSON.parse(JSON.stringify(collection, withoutIds));
}

function converted(document: object): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const options = {
    folderStrategy: "Tags",
    parametersResolution: "Example",
    enableOptionalParameters: false,
  };
  convertV2({ type: "json", data: document }, options, (error, { output, reason }) => {
    const data = output?.[0]?.data;
    if (data === undefined) reject(error ?? new Error(`no collection was made: ${reason}`));
    else resolve(data);
  });
  return promise;
}

/** Removes ids: they are random, and nothing refers to them. */
function withoutIds(key: string, value: unknown): unknown {
  return key === "id" || key === "_postman_id" ? undefined : value;
}

function withChecks(entry: Item): object {
  if (entry.item !== undefined) return { ...entry, item: entry.item.map(withChecks) };
  const answered = (test: (code: number) => boolean) => entry.response?.find((it) => test(it.code));
  const good = answered((code) => code < 300) ?? answered((code) => code === 501);
  const type = good?.header.find(({ key }) => key === "Content-Type")?.value;
  const exec = [
    `pm.test("answers ${good?.code}", () => pm.response.to.have.status(${good?.code}));`,
    `pm.test("sends ${type ?? "no body"}", () =>`,
    `  pm.expect(pm.response.headers.get("content-type") ?? "").to.include("${type ?? ""}"));`,
  ];
  const event = [{ listen: "test", script: { type: "text/javascript", exec } }];
  return { ...entry, event, response: [] }; // examples of replies are in the OpenAPI document
}

if (import.meta.main) {
  const file = Bun.fileURLToPath(new URL("../http/postman.json", import.meta.url));
  await Bun.write(file, JSON.stringify(await postmanCollection(await apiDocument(""))));
  await Bun.$`${process.execPath} fmt ${file}`;
}
