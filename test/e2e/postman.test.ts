/** The Postman collection is the API's, and what it asks is answered. */
import { afterAll, expect, test } from "bun:test";
import { run, type Summary } from "newman";
import { postmanCollection } from "../../src/build/postman.ts";
import collection from "../../src/http/postman.json";
import { listen } from "../../src/http/listen.ts";
import { apiDocument } from "../../src/http/server.ts";
import { serving } from "../support/http.ts";
import { operations } from "../support/openapi.ts";
import { fakeService } from "../support/service.ts";

const { server, lines } = serving(fakeService(2001));
const listening = listen(server, { hostname: "127.0.0.1", port: 0 });
afterAll(() => listening.stop(true));

test("src/http/postman.json is what `bun src/build/postman.ts` makes", async () => {
  expect<object>(collection).toEqual(await postmanCollection(await apiDocument("")));
});

test("every request of the collection is answered as it says", async () => {
  const { promise, resolve, reject } = Promise.withResolvers<Summary>();
  const envVar = [{ key: "baseUrl", value: listening.url.origin }];
  run({ collection, envVar }, (error, summary) => (error ? reject(error) : resolve(summary)));
  const { stats, failures } = (await promise).run;
  expect(failures.map(({ source, error }) => `${source?.name}: ${error.message}`)).toEqual([]);
  const routes = operations(await apiDocument("")).length;
  expect(stats.requests).toMatchObject({ total: routes, failed: 0 });
  expect(stats.assertions).toMatchObject({ total: 2 * routes, failed: 0 });
  expect(lines).toHaveLength(routes);
});
