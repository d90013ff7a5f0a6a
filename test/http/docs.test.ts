/** The OpenAPI document: it is valid, and says everything. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "bun:test";
import { getSchemaValidator, t } from "elysia";
import type { components } from "../../src/http/openapi.ts";
import { Post, POST_EXAMPLE } from "../../src/http/post.ts";
import { apiDocument } from "../../src/http/server.ts";
import { serving } from "../support/http.ts";
import { operations } from "../support/openapi.ts";
import { fakeService } from "../support/service.ts";

const document = await apiDocument("1.2.3");
const all = operations(document);
const { get } = serving(fakeService());

/** Gorse's REST. */
const GORSE = [
  "/api/feedback GET",
  "/api/feedback POST",
  "/api/feedback PUT",
  "/api/feedback/{first} GET",
  "/api/feedback/{first}/{second} DELETE",
  "/api/feedback/{first}/{second} GET",
  "/api/feedback/{first}/{second}/{third} DELETE",
  "/api/feedback/{first}/{second}/{third} GET",
  "/api/health/live GET",
  "/api/health/ready GET",
  "/api/item POST",
  "/api/item/{item} DELETE",
  "/api/item/{item} GET",
  "/api/item/{item} PATCH",
  "/api/item/{item}/category/{category} DELETE",
  "/api/item/{item}/category/{category} PUT",
  "/api/item/{item}/feedback GET",
  "/api/item/{item}/feedback/{type} GET",
  "/api/item/{item}/neighbors GET",
  "/api/item/{item}/neighbors/{category} GET",
  "/api/items GET",
  "/api/items POST",
  "/api/latest GET",
  "/api/latest/{category} GET",
  "/api/popular GET",
  "/api/popular/{category} GET",
  "/api/recommend/{user} GET",
  "/api/recommend/{user}/{category} GET",
  "/api/session/recommend POST",
  "/api/session/recommend/{category} POST",
  "/api/user POST",
  "/api/user/{user} DELETE",
  "/api/user/{user} GET",
  "/api/user/{user} PATCH",
  "/api/user/{user}/feedback GET",
  "/api/user/{user}/feedback/{type} GET",
  "/api/user/{user}/neighbors GET",
  "/api/users GET",
  "/api/users POST",
];

describe("the OpenAPI document", () => {
  test("is valid", async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
  });

  test("is served as it is printed", async () => {
    expect(await (await get("/openapi.json")).json()).toEqual(document);
    expect(document).toMatchObject({ info: { title: "vidrec", version: "1.2.3" } });
  });

  test("holds every route", () => {
    expect(all.map(({ method, path }) => `${path} ${method}`).sort()).toEqual([
      "/ GET",
      "/adjustments GET",
      "/adjustments PUT",
      "/adjustments/list GET",
      "/adjustments/newest DELETE",
      "/adjustments/preview POST",
      ...GORSE,
      "/catalogue/health GET",
      "/categories GET",
      "/creators GET",
      "/creators/{id} GET",
      "/events POST",
      "/events/stream GET",
      "/events/{seq}/effect GET",
      "/feed GET",
      "/glossary GET",
      "/health GET",
      "/health/ready GET",
      "/learn POST",
      "/map GET",
      "/metrics GET",
      "/moods GET",
      "/overview GET",
      "/posts GET",
      "/posts POST",
      "/posts/{id} DELETE",
      "/posts/{id} GET",
      "/posts/{id} PATCH",
      "/posts/{id}/similar GET",
      "/recommendations GET",
      "/recommendations/why GET",
      "/runs GET",
      "/runs POST",
      "/runs/stream GET",
      "/runs/{id} GET",
      "/search GET",
      "/signals GET",
      "/stats GET",
      "/steer DELETE",
      "/steer POST",
      "/users GET",
      "/users POST",
      "/users/{id} DELETE",
      "/users/{id} GET",
      "/users/{id}/events GET",
      "/users/{id}/export GET",
      "/users/{id}/settings GET",
      "/users/{id}/settings PUT",
      "/users/{id}/taste GET",
    ]);
  });

  test.each(all)(
    "describes $method $path, each parameter and each response, with examples",
    (it) => {
      expect(it.summary).toBeString();
      expect(it.description).toBeString();
      for (const { description, schema } of it.parameters) {
        expect(description).toBeString();
        expect(schema.example ?? schema.examples?.[0]).toBeDefined();
        expect(schema.type).toBeOneOf(["string", "integer", "boolean", "array"]);
      }
      expect(Object.keys(it.responses)).toContainValues(["400", "413", "414", "421", "500"]);
      expect(Object.keys(it.responses).join()).toMatch(/\b(?:20\d|501)\b/);
      const takesNone = it.path === "/learn";
      if (["POST", "PATCH"].includes(it.method) && !takesNone) expect(it.requestBody).toBeDefined();
      expect(Object.values(it.requestBody?.content ?? {}).map(({ example }) => example)).not.toContain(undefined); // prettier-ignore
      for (const { description, content = {} } of Object.values(it.responses)) {
        expect(description).toBeString();
        expect(Object.values(content).map(({ example }) => example)).not.toContain(undefined);
      }
    },
  );

  test("gives problems by their own type, and says when to ask again", () => {
    for (const { path, responses } of all)
      for (const [status, { content = {}, headers }] of Object.entries(responses)) {
        const isProblem = Number(status) >= 400;
        const type = path.startsWith("/api/") ? "text/plain" : "application/problem+json";
        expect([path, status, type in content]).toEqual([path, status, isProblem]);
        expect(headers !== undefined && "Retry-After" in headers).toBe(
          ["429", "503"].includes(status),
        );
      }
  });

  test("names the scope that the check asks for, and the refusals that come with it", () => {
    for (const { path, method, security, responses } of all) {
      const isOpen = path === "/" || /^(\/api)?\/health\b/.test(path);
      const isPersonal =
        /^\/((api\/)?users?|search)\b|\/(feedback|effect)/.test(path) &&
        !path.endsWith("/neighbors");
      const isRead = (method === "GET" && !isPersonal) || path.startsWith("/api/session/");
      const isAdmin =
        /^\/(adjustments|catalogue|creators|events\/stream|learn|map|overview|runs|stats)\b/.test(
          path,
        );
      const scope = isAdmin ? "admin" : isRead ? "read" : "write";
      expect([path, security]).toEqual([path, isOpen ? [] : [{ bearer: [scope] }, { header: [scope] }]]); // prettier-ignore
      for (const status of ["401", "403", "429", ...(isOpen ? [] : ["503"])])
        expect([path, status in responses]).toEqual([path, !isOpen]);
    }
    const { securitySchemes, responses } = document["components"] as typeof components;
    expect(Object.keys(securitySchemes)).toEqual(["bearer", "header"]);
    expect(responses["unauthorized"]).toMatchObject({ headers: { "WWW-Authenticate": {} } });
  });

  test("shows a post that its own schema takes", () => {
    // A copy, since making a validator of a schema changes it.
    const validator = getSchemaValidator(t.Object(Post.properties));
    expect([...validator.Errors(POST_EXAMPLE)]).toEqual([]);
    expect(JSON.stringify(document)).toContain(JSON.stringify(POST_EXAMPLE));
  });
});
