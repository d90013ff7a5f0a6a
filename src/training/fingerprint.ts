/** Fingerprint of everything a run reads: an equal one means that there is nothing new to learn. */

/**
 * Equal parts have equal fingerprints, across processes and restarts. Arrays of numbers count by
 * their bytes, all else as JSON.
 */
export function fingerprint(...parts: readonly unknown[]): string {
  const hasher = new Bun.CryptoHasher("sha256");
  const rest = JSON.stringify(parts, (_, it: unknown) => {
    if (!ArrayBuffer.isView(it)) return it;
    hasher.update(new Uint8Array(it.buffer, it.byteOffset, it.byteLength));
    return it.byteLength;
  });
  return hasher.update(rest).digest("hex");
}
