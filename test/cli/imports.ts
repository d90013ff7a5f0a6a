/** Imports into a catalogue, in a folder of each test. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../../src/data/sqlite/open.ts";
import { folderOfEachTest } from "../support/test-folder.ts";
import { run } from "../support/run.ts";

/** Two posts, as CSV. */
export const POSTS =
  'video_id,title,genres,lang\np1,"Bread, slowly",Cooking|Home,en\np2,"She said ""go""",Sport,\n';
/** Three events, one of an unknown kind, as CSV. */
export const EVENTS =
  "user_id,video_id,event,timestamp\nada,p1,like,1767225600\nbob,p2,view,1767225601\nada,p2,look,1767225602\n";

/** Opens the imports of a test file. */
export function importing() {
  const folder = folderOfEachTest();

  const place = (name: string) => join(folder.path, name);
  const file = (name: string, content: string | Uint8Array) => {
    writeFileSync(place(name), content);
    return place(name);
  };
  const data = () => ({ DATA_DIR: place("data") });
  const doing = (...words: string[]) => run(["import", ...words], data());
  const store = (of = "data/own") => openStore(place(`${of}/store.db`));
  return { folder, place, file, data, doing, store };
}
