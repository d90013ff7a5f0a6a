/** Parts of the reply of `GET /overview`. */
import type { OverviewReply } from "../../../routes/overview.ts";

/** The overview. */
export type Overview = OverviewReply;

/** A kind of event. */
export type Signal = Overview["signals"][number];

/** The snapshot that serves. */
export type Snapshot = NonNullable<Overview["snapshot"]>;

/** Counts of a process's answers. */
export type Answered = Overview["process"];
