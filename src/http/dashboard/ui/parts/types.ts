/** Replies of the service's routes, as far as several screens read them. */
import type { WhyReply } from "../../../routes/recommendations-why.ts";
import type { RecommendationsReply } from "../../../routes/recommendations.ts";
import type { SearchReply } from "../../../routes/search.ts";
import type { UserEventsReply } from "../../../routes/users.ts";

/** Result of `GET /search`. */
export type Found = SearchReply;

/** A post of `GET /posts` and `/search`. */
export type Post = Found["posts"][number];

/** Somebody of `GET /search`. */
export type PersonFound = Found["people"][number];

/** Reply of `GET /recommendations`. */
export type Recommendations = RecommendationsReply;

/** A post of `GET /recommendations`. */
export type Item = Recommendations["items"][number];

/** Reply of `GET /recommendations/why`. */
export type Why = WhyReply;

/** Shares of the score terms by name; they add up to the score. */
export type Terms = Why["terms"];

/** Reply of `GET /users/{id}/events`: the newest first. */
export type PastEvents = UserEventsReply;
