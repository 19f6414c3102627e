/**
 * Which of several points are on the Pareto front: no other is at most as large in every column and less in one. Each
 * row is a point, each column an objective, lower is better; equal points are on it together. Time: quadratic in points.
 */
export function paretoFront(points: readonly (readonly number[])[]): boolean[] {
  return points.map(point => !points.some(other => dominates(other, point)))
}

const dominates = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((value, i) => value <= b[i]) && a.some((value, i) => value < b[i])
