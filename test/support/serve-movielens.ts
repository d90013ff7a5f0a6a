/**
 * Serve MovieLens as if it were Socialverse, for trying things by hand:
 * `bun test/support/serve-movielens.ts [folder] [port]`, then start vidrec with the printed settings.
 */
import { MOVIELENS_FOLDER, movielensAbsence, readMovielens } from "./movielens.ts";
import { serveSocialverse, TOKEN } from "./socialverse.ts";

const [folder = MOVIELENS_FOLDER, port = "8090"] = process.argv.slice(2);
const absence = movielensAbsence(folder);
if (absence !== undefined) {
  console.error(absence);
  process.exit(1);
}
const data = await readMovielens(folder);
const { url } = serveSocialverse({ data }, Number(port));
for (const [list, rows] of Object.entries(data)) console.log(`${list}: ${rows.length} rows`);
console.log(`\nexport API_BASE_URL=${url} FLIC_TOKEN=${TOKEN} RESONANCE_ALGORITHM=any`);
