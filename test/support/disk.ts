/** Disks as they may be after the power was cut: what was not synced is there, or not, or without its content. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Operation } from "./recorded-fs.ts";

/** Files by path; `undefined` where only the name of a file came to the disk. Folders hold "folder". */
export type Disk = ReadonlyMap<string, Buffer | "folder" | undefined>;

/** Choice of the operations that came to the disk though no sync vouches for them. */
type Luck = (operation: number) => boolean;

/** Every disk that is left of `before` when the power is cut after these operations. */
export function* disksAfter(before: Disk, operations: readonly Operation[]): Generator<Disk> {
  const pending = operations.keys().filter((n) => !isSafe(operations, n));
  const single = [...pending].flatMap((n): Luck[] => [(it) => it === n, (it) => it !== n]);
  for (const luck of [() => false, () => true, ...single]) yield left(before, operations, luck);
}

/** Write a disk out under `folder`. */
export function materialise(disk: Disk, folder: string): void {
  for (const [path, content] of disk) {
    mkdirSync(content === "folder" ? join(folder, path) : dirname(join(folder, path)), {
      recursive: true,
    });
    if (content !== "folder") writeFileSync(join(folder, path), content ?? "");
  }
}

/** A name is safe once its folder is synced, content once its file is. */
function isSafe(operations: readonly Operation[], n: number): boolean {
  const { op, path } = operations[n]!;
  if (op === "fsync") return true;
  const syncs = op === "write" ? path : dirname(path);
  return operations.some((it, at) => at > n && it.op === "fsync" && it.path === syncs);
}

function left(before: Disk, operations: readonly Operation[], luck: Luck): Disk {
  const disk = new Map(before);
  const below = (path: string) => [...disk.keys()].filter((it) => `${it}/`.startsWith(`${path}/`));
  const folders = new Set(operations.filter(({ op }) => op === "mkdir").map(({ path }) => path));
  for (const [n, it] of operations.entries()) {
    const folder = dirname(it.path);
    if (folders.has(folder) && !disk.has(folder)) continue; // what is in it is lost with it
    if (it.op !== "fsync" && !isSafe(operations, n) && !luck(n)) continue;
    switch (it.op) {
      case "mkdir":
        disk.set(it.path, "folder");
        break;
      case "create":
        disk.set(it.path, undefined);
        break;
      case "write": // content that is not synced may be anything: here it is what is missing
        break;
      case "fsync":
        if (it.content !== undefined && disk.has(it.path))
          disk.set(it.path, Buffer.from(it.content, "base64"));
        break;
      case "remove":
        for (const path of below(it.path)) disk.delete(path);
        break;
      case "rename": {
        const moved = below(it.path).map((path) => [path, disk.get(path)] as const);
        for (const path of below(it.to)) disk.delete(path);
        for (const [path, content] of moved) {
          disk.delete(path);
          disk.set(it.to + path.slice(it.path.length), content);
        }
      }
    }
  }
  return disk;
}
