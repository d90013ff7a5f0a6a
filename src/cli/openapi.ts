/** `vidrec openapi`: prints the OpenAPI document. */
import { apiDocument } from "../http/server.ts";
import type { Command } from "./command.ts";

export const openapi: Command = {
  name: "openapi",
  summary: "print the OpenAPI document",
  run: async ({ version, print }) => {
    print(JSON.stringify(await apiDocument(version), undefined, 2));
    return 0;
  },
};
