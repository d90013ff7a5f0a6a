/** The k largest of many numbers. */

/**
 * Places of the `k` largest scores, best first; equal scores by ascending place. Scores of −∞
 * (and NaN) are never among them. O(n log k) by a binary heap whose root is the worst kept.
 */
export function topK(scores: ArrayLike<number>, k: number): Uint32Array {
  const heap = new Uint32Array(Math.min(k, scores.length));
  let size = 0;
  /** Whether place a ranks behind place b. */
  const behind = (a: number, b: number) =>
    scores[a]! < scores[b]! || (scores[a]! === scores[b]! && a > b);
  const sink = (from: number) => {
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) return;
      if (child + 1 < size && behind(heap[child + 1]!, heap[child]!)) child++;
      if (!behind(heap[child]!, heap[at]!)) return;
      [heap[at], heap[child]] = [heap[child]!, heap[at]!];
      at = child;
    }
  };
  // What does not beat the worst kept is passed over at once: nearly everything, once k are found.
  let worst = -Infinity;
  for (let place = 0; place < scores.length && heap.length > 0; place++) {
    if (!(scores[place]! > worst)) continue;
    if (size < heap.length) {
      heap[size++] = place;
      if (size < heap.length) continue;
      for (let i = size >> 1; i >= 0; i--) sink(i);
    } else {
      heap[0] = place;
      sink(0);
    }
    worst = scores[heap[0]!]!;
  }
  return heap.subarray(0, size).sort((a, b) => (behind(a, b) ? 1 : -1));
}
