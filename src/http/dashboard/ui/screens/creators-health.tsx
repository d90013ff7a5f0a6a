/** Health of the catalogue in cards, each with what to do. */
import { Card } from "../parts/screen.tsx";
import type { Health } from "./creators-types.ts";

/** The cards. */
export function CatalogueCards({ health }: { readonly health: Health | undefined }) {
  return (
    <Card title="Cold posts" note={health?.cold.posts}>
      <p class="note">…</p>
    </Card>
  );
}
