/** Fingerprint of a training run's input: if it has not changed, there is nothing new to learn. */

/**
 * SHA-256 of the parts: typed arrays by their bytes, everything else as JSON. Equal parts have equal
 * fingerprints, also in another process.
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
