/** Memory given back to the system through the C library. Does nothing where that is not glibc. */
import { dlopen, ptr } from "bun:ffi";

const libc = process.platform === "linux" ? openLibc() : undefined;

function openLibc() {
  try {
    return dlopen("libc.so.6", {
      madvise: { args: ["ptr", "usize", "i32"], returns: "i32" },
      malloc_trim: { args: ["usize"], returns: "i32" },
    }).symbols;
  } catch {
    return undefined;
  }
}

/** MADV_DONTNEED. */
const UNNEEDED = 4;

/** Give back what ended threads have left in the C heap: 20 MB of an encoder. */
export function trimHeap(): void {
  libc?.malloc_trim(0);
}

/**
 * Give back the pages of a mapped file; they are mapped again when they are next read.
 *
 * @param mapped  What `Bun.mmap` returned, unchanged: any other array would be zeros afterwards.
 */
export function releasePages(mapped: Uint8Array): void {
  libc?.madvise(ptr(mapped), mapped.byteLength, UNNEEDED);
}
