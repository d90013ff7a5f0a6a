/** Bodies of Gorse's REST: a row, or a list of rows. */
import { BadBody, readJson } from "../../body.ts";
import { GORSE_BODY_BYTES_MAX } from "../../edge.ts";

/** The object that a request holds. @throws BadBody */
export async function objectOf(request: Request): Promise<object> {
  const value = await readJson(request, GORSE_BODY_BYTES_MAX);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new BadBody(422, "expected an object");
}

/** The list that a request holds. @throws BadBody */
export async function listOf(
  request: Request,
  bytesMax: number = GORSE_BODY_BYTES_MAX,
): Promise<readonly unknown[]> {
  const value = await readJson(request, bytesMax);
  if (Array.isArray(value)) return value as unknown[];
  throw new BadBody(422, "expected a list of rows");
}
