/** Reports for operators, as routes and commands ask for them. */
import type { Adjusting } from "./adjusting/operator.ts";
import type { CreatorsService } from "./creators/creators.ts";
import type { CatalogueMap } from "./map/catalogue-map.ts";
import type { Overview } from "./overview/overview.ts";
import type { Stats } from "./stats/stats.ts";

/** The reports. `undefined` means that there is no snapshot yet. */
export type Reports = CreatorsService & {
  /** Outcomes of the posts that were shown in the last days. */
  readonly stats: (days: number) => Promise<Stats>;
  /** Health of the whole service, with what came in the last days. */
  readonly overview: (days: number) => Promise<Overview>;
  /** The catalogue as points on a plane. */
  readonly map: () => Promise<CatalogueMap | undefined>;
  /** The operator's factors for everybody's feeds, in the present store. */
  readonly adjusting: () => Adjusting;
};
