/** Folders of the tests of a file. */
import { afterAll, afterEach, beforeEach } from "bun:test";
import { temporaryFolder } from "./folder.ts";

/** An empty folder for the tests of a file. */
export function folderOfTests(): { readonly path: string } {
  const folder = temporaryFolder();
  afterAll(() => folder[Symbol.dispose]());
  return folder;
}

/** A folder that is empty at the start of each test of a file. */
export function folderOfEachTest(): { readonly path: string } {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => void (folder = temporaryFolder()));
  afterEach(() => folder[Symbol.dispose]());
  return {
    get path() {
      return folder.path;
    },
  };
}
