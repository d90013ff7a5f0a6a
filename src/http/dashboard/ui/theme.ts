/** Theme: the system's, until somebody chooses. */
import { signal } from "@preact/signals";

type Theme = "light" | "dark";
const STORED = "vidrec-theme";

function first(): Theme {
  const stored = localStorage.getItem(STORED);
  if (stored === "light" || stored === "dark") return stored;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** The theme of the page. */
export const theme = signal<Theme>(first());
document.documentElement.dataset["theme"] = theme.value;

/** Changes to the other theme, and remembers it in this browser. */
export function toggleTheme(): void {
  theme.value = theme.value === "dark" ? "light" : "dark";
  document.documentElement.dataset["theme"] = theme.value;
  localStorage.setItem(STORED, theme.value);
}
