/** Contract of a search for nearest neighbours among embeddings. */

/**
 * Rows with the largest inner products, best first, equal ones by ascending row: `count` of them, or
 * all if there are fewer. A row that is all zeros has no vector and is never found.
 *
 * Vectors have unit length, so an inner product is a cosine.
 */
export type FindNearest = (vector: Float32Array, count: number) => Uint32Array;
