/** The page that shows the OpenAPI document: it needs nobody else. */
import { describe, expect, test } from "bun:test";
import { serving } from "../support/http.ts";
import { fakeService } from "../support/service.ts";

const { get, server } = serving(fakeService());

describe("/docs", () => {
  test("loads nothing from elsewhere", async () => {
    const response = await get("/docs");
    const page = await response.text();
    const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url);
    expect(loaded.sort()).toEqual(["docs/swagger-ui-bundle.js", "docs/swagger-ui.css"]);
    expect(page).not.toContain("//unpkg");
    expect(page).toContain('"url":"openapi.json"');
  });

  test("lets the browser load nothing from elsewhere either", async () => {
    const policy = (await get("/docs")).headers.get("content-security-policy");
    expect(policy).toStartWith("default-src 'none'; script-src 'self' 'sha256-");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  test.each([
    ["swagger-ui-bundle.js", "text/javascript; charset=utf-8", "SwaggerUIBundle"],
    ["swagger-ui.css", "text/css; charset=utf-8", ".swagger-ui"],
  ])("has its own %s", async (name, type, content) => {
    const response = await get(`/docs/${name}`);
    expect(response.headers.get("content-type")).toBe(type);
    expect(await response.text()).toContain(content);
  });

  test("serves no other file of the package", async () => {
    for (const name of ["package.json", "%2e%2e/server.ts", "..%2fserver.ts"])
      expect((await server.handle(new Request(`http://x/docs/${name}`))).status).toBe(404);
  });
});
