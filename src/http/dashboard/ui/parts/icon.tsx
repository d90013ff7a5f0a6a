/** Icons: strokes on a grid of 24, drawn in the colour of their text. */

const PATHS = {
  pulse: "M3 12h4l3-8 4 16 3-8h4",
  phone:
    "M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 8 3zm3 15.2h2",
  columns: "M4 4h6v16H4zM14 4h6v16h-6z",
  sliders: "M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4",
  map: "M5 7a1.5 1.5 0 1 0 .01 0M12 15a1.5 1.5 0 1 0 .01 0M18 6a1.5 1.5 0 1 0 .01 0M17 17a1.5 1.5 0 1 0 .01 0M9 4a1.5 1.5 0 1 0 .01 0",
  stream: "M4 6h10M4 12h16M4 18h7",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2 .8 3 2.8 3 5.5",
  runs: "M4 5v6h6M4.5 11A8 8 0 1 1 6 17",
  sun: "M12 8a4 4 0 1 0 .01 0M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M19 5l-1.4 1.4M6.4 17.6 5 19",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM20 20l-4.8-4.8",
  heart: "M12 20s-8-4.8-8-10.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.5C20 15.2 12 20 12 20z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  cross: "M6 6l12 12M18 6 6 18",
  pause: "M8 5v14M16 5v14",
  play: "M7 5l12 7-12 7z",
  check: "M5 12.5 10 17.5 19 7",
  alert: "M12 4v9M12 18v.01",
  clock: "M12 3a9 9 0 1 0 .01 0M12 7v5l3.5 2",
  skip: "M5 5l8 7-8 7zM18 5v14",
  hide: "M4 4l16 16M9.5 5.5A9 9 0 0 1 21 12a12 12 0 0 1-2.5 3.3M6 7.5A12 12 0 0 0 3 12a9 9 0 0 0 11 6",
  more: "M12 5v14M5 12h14",
  less: "M5 12h14",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
} as const;

/** Names of the icons. */
export type IconName = keyof typeof PATHS;

/** An icon beside words that say the same. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
