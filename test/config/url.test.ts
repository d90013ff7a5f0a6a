/** URLs without what lets somebody in. */
import { expect, test } from "bun:test";
import { parseConfig, shownSettings } from "../../src/config/parse.ts";
import { basicAuthorization, withoutCredentials } from "../../src/config/url.ts";

test.each([
  ["https://api.example.test", undefined],
  ["https://api.example.test:8443/v1", undefined],
  ["the demo catalogue", undefined],
  ["nowhere", undefined],
  ["http://bob:HUNTER2@host.test/v1/", "http://host.test/v1"],
  ["http://HUNTER2@host.test", "http://host.test"],
  ["http://:HUNTER2@host.test", "http://host.test"],
  ["HTTP://bob:HUN%40TER2@HOST.test", "http://host.test"],
  ["http://bob:HUNTER2@x@[::1]:9/v1", "http://[::1]:9/v1"],
  ["https:bob:HUNTER2@host.test", "https://host.test"],
  ["http://host.test/v1?token=HUNTER2", "http://host.test/v1"],
  ["http://host.test/#HUNTER2", "http://host.test"],
  ["http://bob:HUN/TER2@host.test", "host.test"],
  ["http://bob:HUN#TER2@host.test", "host.test"],
  ["htp://bob:HUNTER2@host.test", "host.test"],
  ["bob:HUNTER2@host.test", "host.test"],
])("%p is shown without user, password, query and fragment", (url, shown = url) => {
  expect(withoutCredentials(url)).toBe(shown);
});

test("a bad setting is shown without its secrets, whichever it is", () => {
  const message = (env: Record<string, string>): string => {
    try {
      return String(parseConfig(env));
    } catch (error) {
      return String(error);
    }
  };
  for (const url of [
    "htp://bob:HUNTER2@h",
    "http://bob:HUN/TER2@h",
    "http://h?token=HUNTER2",
    "http://h/#HUNTER2",
  ])
    for (const name of ["API_BASE_URL", "PORT", "SYNC_AT"]) {
      expect(message({ [name]: url })).toStartWith("ConfigError: invalid configuration");
      expect(message({ [name]: url })).not.toMatch(/HUN|TER2/);
    }
  const token = message({ FLIC_TOKEN: "HUNTER\n2", RESONANCE_ALGORITHM: "x" });
  expect(token).toContain("FLIC_TOKEN=…: expected plain ASCII");
  expect(token).not.toContain("HUNTER");
});

test("user and password are sent as HTTP's basic authorization, whatever letters they have", () => {
  const header = (url: string) => basicAuthorization(url)?.replace(/^Basic /, "");
  const decoded = (url: string) => Buffer.from(header(url) ?? "", "base64").toString();
  expect(header("http://host.test")).toBeUndefined();
  expect(decoded("http://bob:p%40%C3%A4ss@host.test")).toBe("bob:p@äss");
  expect(decoded("http://bob@host.test")).toBe("bob:");
  expect(decoded("http://bob:100%@host.test")).toBe("bob:100%");
});

test("settings that are shown have no secret, also none inside a URL", () => {
  const secrets = { FLIC_TOKEN: "hush", RESONANCE_ALGORITHM: "hush", API_BASE_URL: "https://ada:hush@api.test/v1" }; // prettier-ignore
  const shown = shownSettings(parseConfig({ ...secrets, SEED: "7" }));
  expect(shown).toMatchObject({ SEED: 7, API_BASE_URL: "https://api.test/v1" });
  expect(JSON.stringify(shown)).not.toContain("hush");
});
