/** The C library, called directly. */
import { dlopen, type FFIFunction } from "bun:ffi";

const LIBRARIES: Readonly<Record<string, string>> = {
  linux: "libc.so.6",
  darwin: "libSystem.B.dylib",
};

/** Its functions with these signatures; `undefined` where it has another name, or lacks one of them. */
export function libc<Signatures extends Record<string, FFIFunction>>(signatures: Signatures) {
  try {
    return dlopen(LIBRARIES[process.platform]!, signatures).symbols;
  } catch {
    return undefined;
  }
}
