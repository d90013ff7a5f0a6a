/** Rows of a file by a preset. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openFileRows } from "../../../src/ingest/files/file-rows.ts";
import type { PRESETS } from "../../../src/ingest/files/presets/presets.ts";
import type { RowName } from "../../../src/ingest/rows/row.ts";
import { folderOfTests } from "../../support/test-folder.ts";

/** Opens the presets of a test file. */
export function presetRows() {
  const folder = folderOfTests();
  /** The rows of a file, and the details of refusals. */
  const rowsOf = async (
    preset: keyof typeof PRESETS,
    kind: RowName,
    name: string,
    content: string | Uint8Array,
  ): Promise<readonly unknown[]> => {
    const path = join(folder.path, name);
    writeFileSync(path, content);
    const all: unknown[] = [];
    const { batches } = await openFileRows(path, kind, { preset, nowMs: Date.UTC(2026, 0) });
    for await (const it of batches) all.push(...it.rows, ...it.refused.map(({ detail }) => detail));
    return all;
  };
  return { folder, rowsOf };
}
