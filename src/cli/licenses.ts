/** `vidrec licenses`: prints the licences of all parts of the program. */
import type { Command } from "./command.ts";

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
