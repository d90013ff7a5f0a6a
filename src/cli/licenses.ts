/** `vidrec licenses`: the licences of the program's parts. */
import type { Command } from "./command.ts";

export const licenses: Command = {
  name: "licenses",
  summary: "print the licences of everything that the program is made of",
  run: async ({ print }) => {
    // Loaded when asked for: it is most of a megabyte.
    const { LICENSES } = await import("./licenses/text.ts");
    print(LICENSES);
    return 0;
  },
};
