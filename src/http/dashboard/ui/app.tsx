/** The dashboard: navigation, the screen of the address, and the dialog that asks for a key. */
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { ErrorBoundary, LocationProvider, Route, Router, useLocation } from "preact-iso";
import "uplot/dist/uPlot.min.css";
import "./base.css";
import "./frame.css";
import "./controls.css";
import "./figures.css";
import { needsKey } from "./api.ts";
import { KeyDialog } from "./parts/key-dialog.tsx";
import { Icon } from "./parts/icon.tsx";
import { PAGES, SCREENS } from "./screens.tsx";
import { theme, toggleTheme } from "./theme.ts";

function Navigation() {
  const { path } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a phone the screens are a row that scrolls.
  useEffect(() => {
    const current = nav.current!.querySelector("[aria-current]");
    current?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [path]);
  return (
    <nav ref={nav} class="nav" aria-label="Screens">
      <a class="brand" href="/dashboard">
        <span class="brand-mark" aria-hidden="true" />
        vidrec
      </a>
      <ul>
        {SCREENS.map((it) => (
          <li key={it.path}>
            <a href={it.path} aria-current={isWithin(path, it.path) ? "page" : undefined}>
              <Icon name={it.icon} />
              <span>{it.name}</span>
            </a>
          </li>
        ))}
      </ul>
      <button type="button" class="quiet" onClick={toggleTheme}>
        <Icon name={theme.value === "dark" ? "sun" : "moon"} />
        <span>{theme.value === "dark" ? "Light" : "Dark"}</span>
      </button>
    </nav>
  );
}

/** True for a screen, and for the pages that it leads to. */
const isWithin = (path: string, screen: string) =>
  path === screen || (screen !== SCREENS[0]!.path && path.startsWith(`${screen}/`));

function NotFound() {
  return (
    <main class="screen" id="main">
      <h1>There is no such screen</h1>
      <p>
        <a href="/dashboard">Go to the overview</a>
      </p>
    </main>
  );
}

function App() {
  return (
    <LocationProvider scope="/dashboard">
      <a class="skip-link" href="#main">
        Skip to content
      </a>
      <Navigation />
      <ErrorBoundary>
        <Router>
          {[...SCREENS, ...PAGES].map((it) => (
            <Route key={it.path} path={it.path} component={it.screen} />
          ))}
          <Route default component={NotFound} />
        </Router>
      </ErrorBoundary>
      {needsKey.value && <KeyDialog />}
    </LocationProvider>
  );
}

render(<App />, document.getElementById("app")!);
