/** `vidrec version`. */
import type { Command } from "./command.ts";

export const version: Command = {
  name: "version",
  summary: "print the version",
  run: async ({ version, print }) => {
    print(`vidrec ${version} (Bun ${Bun.version}, ${process.platform}-${process.arch})`);
    return 0;
  },
};
