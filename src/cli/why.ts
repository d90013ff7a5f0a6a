/** `vidrec why <user> <post>`: the reasons why a post is in a user's feed or not. */
import { openApp } from "../app/compose.ts";
import { filled } from "../config/values.ts";
import type { PostId } from "../domain/ids.ts";
import type { FeedMeta } from "../feed/contract.ts";
import type { Why } from "../feed/why-contract.ts";
import { whyReply } from "../http/render.ts";
import { CommandError, type Command } from "./command.ts";
import { feedRequest, headline, INTENT, noSnapshot, USER } from "./feed.ts";
import { oneLine } from "./printable.ts";

export const why: Command = {
  name: "why",
  summary: "say why a post is in a user's feed, and at which rank, or why it is not",
  args: [USER, { syntax: "<post>", help: "id of the post", parse: filled }],
  options: [...INTENT, { syntax: "--json", help: "print the answer as JSON" }],
  run: async ({ config, version, out, print, args, options }) => {
    await using app = openApp(config, version, out);
    const request = await feedRequest(app, args[0]!, options);
    const post = args[1]!;
    const answer = await app.service.why({ ...request, post: post as PostId });
    if (answer === undefined) throw await noSnapshot(app);
    if (answer === "unknown post")
      throw new CommandError(`there is no post ${oneLine(post)}: check the id`);
    const isJson = options["json"] === true;
    print(isJson ? JSON.stringify(whyReply(answer), undefined, 2) : text(args[0]!, answer));
    return 0;
  },
};

function text(username: string, answer: Why & FeedMeta): string {
  const { foundBy, terms, rankBefore, sentences } = answer;
  const shares = Object.entries(terms).filter(([, share]) => share !== 0);
  return [
    headline(username, answer),
    sentences.join(" "),
    ...(foundBy.length > 0 ? [`found by: ${foundBy.join(", ")}`] : []),
    ...(shares.length > 0
      ? [`score: ${shares.map(([name, share]) => `${name} ${share.toFixed(2)}`).join(", ")}`]
      : []),
    ...(rankBefore === undefined ? [] : [`rank by score: ${rankBefore}`]),
  ].join("\n");
}
