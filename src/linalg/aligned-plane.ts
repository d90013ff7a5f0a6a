/**
 * Orthogonal Procrustes alignment of planes: the axes of one are turned or mirrored towards those of another.
 *
 * Principal axes have no sign, and where both variances are nearly equal, a few more vectors rotate them in their plane.
 *
 * @see Schönemann, "A Generalized Solution of the Orthogonal Procrustes Problem" (Psychometrika 1966).
 */
import { dotRows } from "./vector.ts";
import type { Plane } from "./principal-plane.ts";

/** The plane with its axes turned or mirrored towards those of `before`; as it is if these have another dimension. */
export function alignedTo(plane: Plane, before: Plane | undefined): Plane {
  const d = plane.mean.length;
  if (before?.mean.length !== d) return plane;
  const now = plane.directions;
  const m = (i: number, j: number) => dotRows(before.directions, i, now, j, d);
  const [a, b, c, e] = [m(0, 0), m(0, 1), m(1, 0), m(1, 1)];
  // Traces of M = (a b; c e), old axes times new ones, with the best rotation and with the best reflection.
  const [turn, mirror] = [Math.hypot(a + e, c - b), Math.hypot(a - e, c + b)];
  const isMirrored = mirror > turn;
  const length = isMirrored ? mirror : turn;
  if (length === 0) return plane;
  const cos = (isMirrored ? a - e : a + e) / length;
  const sin = (isMirrored ? c + b : c - b) / length;
  const rows = isMirrored ? [[cos, sin], [sin, -cos]] : [[cos, -sin], [sin, cos]]; // prettier-ignore
  const directions = new Float32Array(2 * d);
  for (const [axis, [u, v]] of rows.entries())
    for (let i = 0; i < d; i++) directions[axis * d + i] = u! * now[i]! + v! * now[d + i]!;
  const [p, q] = plane.shares;
  const shareOf = (axis: number) => rows[axis]![0]! ** 2 * p + rows[axis]![1]! ** 2 * q;
  return { ...plane, directions, shares: [shareOf(0), shareOf(1)] };
}
