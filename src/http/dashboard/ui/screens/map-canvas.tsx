/** The map: a canvas to drag and zoom, its buttons, and the post that is pointed at. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../parts/icon.tsx";
import { PostTile } from "../parts/post-tile.tsx";
import { usePosts } from "../parts/posts.ts";
import { theme } from "../theme.ts";
import type { Scene } from "./map-draw.ts";
import { openStage, type Stage } from "./map-stage.ts";
import type { Place } from "./map-view.ts";

type MapCanvasProps = {
  readonly scene: Scene | undefined;
  /** Text alternative of the map. */
  readonly label: string;
  readonly onChoose: (post: number | undefined) => void;
};

type Pointed = { readonly post: number; readonly at: Place };

const BUTTONS = [
  { name: "Zoom in", icon: "more", press: (stage: Stage) => stage.zoom(true) },
  { name: "Zoom out", icon: "less", press: (stage: Stage) => stage.zoom(false) },
  { name: "Show everything", icon: "fit", press: (stage: Stage) => stage.fit() },
] as const;

export function MapCanvas({ scene, label, onChoose }: MapCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useRef<Stage>(undefined);
  const [pointed, setPointed] = useState<Pointed>();
  const choose = useRef(onChoose);
  choose.current = onChoose;
  // The view stays where a post is chosen on the map itself.
  const own = useRef<number>(undefined);
  useEffect(() => {
    const opened = openStage(canvas.current!, {
      onPoint: (post, at) => setPointed(post === undefined ? undefined : { post, at }),
      onChoose: (post) => choose.current((own.current = post)),
    });
    stage.current = opened;
    return opened.close;
  }, []);
  useEffect(() => void (scene && stage.current!.show(scene)), [scene]);
  useEffect(() => stage.current!.redraw(), [theme.value]);
  const chosen = scene?.chosen;
  useEffect(() => {
    if (chosen !== undefined && chosen !== own.current) stage.current!.flyTo(chosen);
    own.current = undefined;
  }, [chosen]);
  return (
    <div class="map-frame">
      <canvas
        ref={canvas}
        class="map-canvas"
        tabIndex={0}
        role="application"
        aria-roledescription="map"
        aria-label={label}
        aria-describedby="map-keys"
      />
      <div class="map-buttons" role="group" aria-label="Zoom">
        {BUTTONS.map(({ name, icon, press }) => (
          <button
            key={icon}
            type="button"
            class="plain"
            aria-label={name}
            onClick={() => press(stage.current!)}
          >
            <Icon name={icon} />
          </button>
        ))}
      </div>
      <Tip id={pointed && scene?.posts.ids[pointed.post]} at={pointed?.at} />
    </div>
  );
}

/** The post that is pointed at, beside its point. */
function Tip({ id, at }: { readonly id: string | undefined; readonly at: Place | undefined }) {
  const postOf = usePosts(id === undefined ? [] : [id]);
  return (
    <div
      class="map-tip"
      role="status"
      hidden={id === undefined}
      style={{ "--x": `${at?.[0] ?? 0}px`, "--y": `${at?.[1] ?? 0}px` }}
    >
      {id !== undefined && <PostTile id={id} post={postOf(id)} />}
    </div>
  );
}
