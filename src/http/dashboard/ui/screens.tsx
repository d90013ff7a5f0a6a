/** THE list of screens, in the order of the navigation. */
import type { ComponentType } from "preact";
import type { IconName } from "./parts/icon.tsx";
import { Creator } from "./screens/creator.tsx";
import { Creators } from "./screens/creators.tsx";
import { Compare } from "./screens/compare.tsx";
import { CatalogueMap } from "./screens/map.tsx";
import { Events } from "./screens/events.tsx";
import { Inspector } from "./screens/inspector.tsx";
import { Overview } from "./screens/overview.tsx";
import { Run } from "./screens/run.tsx";
import { Runs } from "./screens/runs.tsx";
import { WhatIf } from "./screens/what-if.tsx";

/** A screen. */
export type Screen = {
  readonly path: string;
  readonly name: string;
  readonly icon: IconName;
  readonly screen: ComponentType;
};

/** The screens. */
export const SCREENS: readonly Screen[] = [
  { path: "/dashboard", name: "Overview", icon: "pulse", screen: Overview },
  { path: "/dashboard/feeds", name: "Feed inspector", icon: "phone", screen: Inspector },
  { path: "/dashboard/compare", name: "Compare", icon: "columns", screen: Compare },
  { path: "/dashboard/what-if", name: "What if", icon: "sliders", screen: WhatIf },
  { path: "/dashboard/map", name: "Catalogue map", icon: "map", screen: CatalogueMap },
  { path: "/dashboard/events", name: "Events", icon: "stream", screen: Events },
  { path: "/dashboard/creators", name: "Creators", icon: "people", screen: Creators },
  { path: "/dashboard/runs", name: "Runs", icon: "runs", screen: Runs },
];

/** Pages that screens lead to. */
export const PAGES: readonly Pick<Screen, "path" | "screen">[] = [
  { path: "/dashboard/creators/:id", screen: Creator },
  { path: "/dashboard/runs/:id", screen: Run },
];
