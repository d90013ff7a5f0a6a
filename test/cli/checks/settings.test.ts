import { describe, expect, test } from "bun:test";
import { settings } from "../../../src/cli/checks/settings.ts";
import { look } from "../../support/doctor.ts";

describe("the doctor on settings", () => {
  test("says which catalogue is served, and names no secret", async () => {
    expect(await look(settings, "cache")).toEqual([
      "ok FLIC_TOKEN is set: https://api.socialverseapp.com is served",
    ]);
    expect((await look(settings, "cache", { FLIC_TOKEN: "" }))[0]).toStartWith(
      "warn RESONANCE_ALGORITHM is set but FLIC_TOKEN is not",
    );
    const demo = { FLIC_TOKEN: "", RESONANCE_ALGORITHM: "" };
    expect((await look(settings, "cache", demo))[0]).toStartWith("ok the demo catalogue");
  });
});
