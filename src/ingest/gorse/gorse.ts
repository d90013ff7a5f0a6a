/** Gorse's REST as functions: users, items and feedback in its words. */
import { openCatalogue, type CatalogueDeps } from "./catalogue.ts";
import { openFeedbackLog, type FeedbackDeps } from "./feedback-log.ts";

/** See the file. */
export type Gorse = ReturnType<typeof openGorse>;

/** Opens them. */
export function openGorse(deps: CatalogueDeps & FeedbackDeps) {
  const { insert, past, page, withdraw } = openFeedbackLog(deps);
  return { ...openCatalogue(deps), insertFeedback: insert, past, feedback: page, withdraw };
}
