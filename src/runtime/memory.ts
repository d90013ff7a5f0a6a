/** Memory given back to the system through the C library. Does nothing where that is not glibc. */
import { ptr } from "bun:ffi";
import { libc } from "./libc.ts";

const glibc = libc({
  madvise: { args: ["ptr", "usize", "i32"], returns: "i32" },
  malloc_trim: { args: ["usize"], returns: "i32" },
});

/** MADV_DONTNEED. */
const UNNEEDED = 4;

/** Gives back C heap that ended threads no longer use; an encoder's is 20 MB. */
export function trimHeap(): void {
  glibc?.malloc_trim(0);
}

/**
 * Gives back the pages of a mapped file; they are mapped again when they are next read.
 *
 * @param mapped  An array of `Bun.mmap` that was not written to: any other would be zeros afterwards.
 */
export function releasePages(mapped: Uint8Array): void {
  glibc?.madvise(ptr(mapped), mapped.byteLength, UNNEEDED);
}
