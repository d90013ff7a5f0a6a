/** Stage of the map: keeps the view, answers gestures, and says which post is pointed at. */
import { draw, type Scene } from "./map-draw.ts";
import { listen } from "./map-gestures.ts";
import { gridOf } from "./map-grid.ts";
import { fitted, moved, onCanvas, onPlane, zoomed, type Place, type Size, type View } from "./map-view.ts"; // prettier-ignore

/** Handlers of what somebody does on a stage. */
type Handlers = {
  /** A post is pointed at, at canvas coordinates; `undefined` if none is any more. */
  readonly onPoint: (post: number | undefined, at: Place) => void;
  readonly onChoose: (post: number | undefined) => void;
};

/** A stage. */
export type Stage = ReturnType<typeof openStage>;

/** Distance from a point at which it is pointed at, CSS pixels. */
const REACH = 14;
/** Pixels of an arrow key, and zoom of a plus. */
const STEP = 60;
const ZOOM = 1.5;
/** Zoom at which a post is shown that somebody looks for, times the scale that shows all. */
const CLOSE = 4;
const ARROWS: Readonly<Record<string, Place>> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

/** Opens the stage on a canvas whose size the stylesheet gives. */
export function openStage(canvas: HTMLCanvasElement, handlers: Handlers) {
  const camera = openCamera(canvas);
  const pointer = openPointer(camera, handlers.onPoint);
  let frame = 0;
  const paint = () => {
    frame = 0;
    const scene = camera.scene();
    if (scene && camera.size().width > 0)
      draw(canvas, camera.size(), camera.view(), scene, pointer.now(), camera.zoomed());
  };
  const redraw = () => void (frame ||= requestAnimationFrame(paint));
  /** The view has changed. */
  const settle = (isByKey = pointer.now().isMiddleMarked) => {
    pointer.settle(isByKey);
    redraw();
  };
  const unlisten = listen(canvas, {
    onMove: (dx, dy) => (camera.move(dx, dy), settle()),
    onZoom: (factor, px, py) => (camera.zoom(factor, [px, py]), settle()),
    onHover: (at) => pointer.hover(at) && redraw(),
    onTap: (px, py) => handlers.onChoose(camera.postAt([px, py])),
    onKey: (key) => {
      const isView = turned(camera, key);
      const isChoice = ["Enter", " ", "Escape"].includes(key);
      if (!isView && !isChoice) return false;
      settle(true);
      if (isChoice) handlers.onChoose(key === "Escape" ? undefined : pointer.now().hovered);
      return true;
    },
  });
  const resized = new ResizeObserver(() => (camera.resize(), settle()));
  camera.resize(); // at once: a first fit that comes later would undo `flyTo`
  resized.observe(canvas);
  return {
    show: (scene: Scene) => (camera.show(scene), redraw()),
    redraw,
    flyTo: (post: number) => (camera.flyTo(post), settle()),
    fit: () => (camera.fit(), settle()),
    zoom: (isIn: boolean) => (camera.zoom(isIn ? ZOOM : 1 / ZOOM), settle()),
    close: () => {
      unlisten();
      resized.disconnect();
      cancelAnimationFrame(frame);
    },
  };
}

/** Moves the view by a key; false for a key that does not. */
function turned(camera: Camera, key: string): boolean {
  const arrow = ARROWS[key];
  if (arrow) camera.move(...arrow);
  else if (key === "0") camera.fit();
  else if (key === "+" || key === "=") camera.zoom(ZOOM);
  else if (key === "-") camera.zoom(1 / ZOOM);
  else return false;
  return true;
}

/** Keeps scene, size and view. */
function openCamera(canvas: HTMLCanvasElement) {
  let scene: Scene | undefined;
  let size: Size = { width: 0, height: 0 };
  let view: View = { x: 0, y: 0, scale: 1 };
  let fitScale = 1;
  let nearest: ReturnType<typeof gridOf>["nearest"] = () => undefined;
  const middle = (): Place => [size.width / 2, size.height / 2];
  const fit = () => {
    if (scene === undefined || size.width === 0) return;
    view = fitted(scene.posts.x, scene.posts.y, size);
    fitScale = view.scale;
  };
  return {
    scene: () => scene,
    size: () => size,
    view: () => view,
    /** Times the scale that shows all. */
    zoomed: () => view.scale / fitScale,
    middle,
    fit,
    move: (dx: number, dy: number) => void (view = moved(view, dx, dy)),
    zoom: (factor: number, at = middle()) => void (view = zoomed(view, size, factor, at, fitScale)),
    flyTo: (post: number) => {
      const { x, y } = scene!.posts;
      view = { x: x[post]!, y: y[post]!, scale: Math.max(view.scale, CLOSE * fitScale) };
    },
    /** Another snapshot's map is fitted; of the same one it has only grown. */
    show: (next: Scene) => {
      const { posts: before } = scene ?? {};
      scene = next;
      if (next.posts === before) return;
      nearest = gridOf(next.posts.x, next.posts.y).nearest;
      if (next.posts.snapshot !== before?.snapshot || before.ids.length === 0) fit();
    },
    resize: () => {
      const isFirst = size.width === 0;
      size = { width: canvas.clientWidth, height: canvas.clientHeight };
      canvas.width = Math.round(size.width * devicePixelRatio);
      canvas.height = Math.round(size.height * devicePixelRatio);
      if (isFirst) fit();
    },
    postAt: (at: Place): number | undefined => {
      if (scene === undefined) return undefined;
      const { hidden, colouring } = scene;
      const isShown = (post: number) => !hidden.has(colouring.bucketOf[post]!);
      return nearest(...onPlane(view, size, ...at), REACH / view.scale, isShown);
    },
    placeOf: (post: number): Place =>
      onCanvas(view, size, scene!.posts.x[post]!, scene!.posts.y[post]!),
  };
}

type Camera = ReturnType<typeof openCamera>;

/** Keeps which post is pointed at, by a mouse or by the middle of the canvas. */
function openPointer(camera: Camera, onPoint: Handlers["onPoint"]) {
  let hovered: number | undefined;
  let isMiddleMarked = false;
  let mouse: Place | undefined;
  const point = (at: Place | undefined) => {
    hovered = at && camera.postAt(at);
    onPoint(hovered, hovered === undefined ? [0, 0] : camera.placeOf(hovered));
  };
  return {
    now: () => ({ hovered, isMiddleMarked }),
    /** The mouse is there, or has left; true if that changes what is marked. */
    hover: (at: Place | undefined): boolean => {
      mouse = at;
      if (!isMiddleMarked && (at && camera.postAt(at)) === hovered) return false;
      isMiddleMarked = false;
      point(at);
      return true;
    },
    /** After a change of the view: another post is under the mouse, or one that a key has brought into the middle. */
    settle: (isByKey: boolean) => {
      isMiddleMarked = isByKey;
      point(isByKey ? camera.middle() : mouse);
    },
  };
}
