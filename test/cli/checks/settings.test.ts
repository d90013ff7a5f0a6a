import { describe, expect, test } from "bun:test";
import { settings } from "../../../src/cli/checks/settings.ts";
import { look } from "../../support/doctor.ts";

describe("the doctor on settings", () => {
  test("says which catalogue is served, and names no secret", async () => {
    expect(await look(settings, "cache")).toEqual([
      "ok FLIC_TOKEN is set: serving https://api.socialverseapp.com",
    ]);
    expect((await look(settings, "cache", { FLIC_TOKEN: "" }))[0]).toStartWith(
      "warn RESONANCE_ALGORITHM is set but FLIC_TOKEN is not",
    );
    const demo = { FLIC_TOKEN: "", RESONANCE_ALGORITHM: "" };
    expect((await look(settings, "cache", demo))[0]).toStartWith(
      "ok FLIC_TOKEN is not set: serving the demo catalogue",
    );
    expect(await look(settings, "cache", { CATALOGUE: "own" })).toEqual([
      "ok CATALOGUE=own: serving your own catalogue",
    ]);
  });
});
