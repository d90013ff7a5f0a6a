/** Recorder of a program's calls of its file system, in order: import this before what is to be recorded, in a process of its own. */
import { mock } from "bun:test";
import * as fs from "node:fs";

/** One operation. `fsync` of a file holds what the disk has of it from then on, base64. */
export type Operation =
  | { readonly op: "mkdir" | "create" | "write" | "remove"; readonly path: string }
  | { readonly op: "fsync"; readonly path: string; readonly content?: string }
  | { readonly op: "rename"; readonly path: string; readonly to: string };

const real = { ...fs };

/** Call `before` ahead of every operation that changes a disk; what it throws, the program is told. */
export function recordFs(before: (operation: Operation) => void): void {
  const paths = new Map<number, string>();
  const contentOf = (path: string) =>
    real.statSync(path).isDirectory() ? {} : { content: real.readFileSync(path, "base64") };
  const recorded = {
    ...real,
    mkdirSync: (path: string, options?: fs.MakeDirectoryOptions) => {
      if (!real.existsSync(path)) before({ op: "mkdir", path });
      return real.mkdirSync(path, options);
    },
    openSync: (path: string, flags: string) => {
      if (flags === "w") before({ op: "create", path });
      const file = real.openSync(path, flags);
      paths.set(file, path);
      return file;
    },
    writeFileSync: (file: number | string, content: string | Uint8Array) => {
      const path = typeof file === "string" ? file : paths.get(file)!;
      if (typeof file === "string") before({ op: "create", path });
      before({ op: "write", path });
      real.writeFileSync(file, content);
    },
    fsyncSync: (file: number) => {
      const path = paths.get(file)!;
      before({ op: "fsync", path, ...contentOf(path) });
      real.fsyncSync(file);
    },
    renameSync: (path: string, to: string) => {
      before({ op: "rename", path, to });
      real.renameSync(path, to);
    },
    rmSync: (path: string, options?: fs.RmOptions) => {
      before({ op: "remove", path });
      real.rmSync(path, options);
    },
  };
  mock.module("node:fs", () => ({ ...recorded, default: recorded }));
}
