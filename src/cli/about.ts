/** The commands that print what the program is: its API's document, its licences, its version. */
import { apiDocument } from "../http/server.ts";
import type { Command } from "./command.ts";

/** `vidrec openapi`. */
export const openapi: Command = {
  name: "openapi",
  summary: "print the OpenAPI document",
  run: async ({ version, print }) => {
    print(JSON.stringify(await apiDocument(version), undefined, 2));
    return 0;
  },
};

/** `vidrec licenses`. */
export const licenses: Command = {
  name: "licenses",
  summary: "print the licences of everything that the program is made of",
  run: async ({ print }) => {
    // Imported here, since it is most of a megabyte.
    const { LICENSES } = await import("./licenses/text.ts");
    print(LICENSES);
    return 0;
  },
};

/** `vidrec version`. */
export const version: Command = {
  name: "version",
  summary: "print the version",
  run: async ({ version, print }) => {
    print(`vidrec ${version} (Bun ${Bun.version}, ${process.platform}-${process.arch})`);
    return 0;
  },
};
