/** Where the largest number of a row is. AssemblyScript. */

/**
 * For each row of C `[rows × columns]` the place of its largest number, the first of equals.
 *
 * @param out  `[rows]`, 32-bit.
 */
export function largestPlaces(
  out: usize,
  c: usize,
  stride: usize,
  rows: usize,
  columns: usize,
): void {
  for (let i: usize = 0; i < rows; i++)
    store<u32>(out + i * 4, largestPlace(c + i * stride * 4, columns));
}

function largestPlace(row: usize, columns: usize): u32 {
  const end = row + columns * 4;
  let most = f32x4.splat(-Infinity);
  let at = row;
  for (; at + 16 <= end; at += 16) most = f32x4.pmax(most, v128.load(at));
  let largest = max(
    max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
    max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
  );
  for (; at < end; at += 4) largest = max(largest, load<f32>(at));
  for (at = row; at < end; at += 4) if (load<f32>(at) === largest) break;
  return at < end ? <u32>((at - row) / 4) : 0;
}
