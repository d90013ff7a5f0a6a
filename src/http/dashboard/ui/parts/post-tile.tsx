/** A post as a drawn placeholder: a colour for its category, its title as text. */
import type { ComponentChildren } from "preact";
import type { Post } from "./types.ts";
import "./post-tile.css";

/** A hue for a word, 0 to 359: the same on every visit. */
function hueOf(word: string): number {
  let hash = 7;
  for (const letter of word) hash = (hash * 31 + letter.codePointAt(0)!) % 3_607;
  return (hash * 47) % 360;
}

type TileProps = {
  readonly id: string;
  readonly post: Post | undefined;
  readonly isSelected?: boolean;
  readonly onSelect?: () => void;
  /** Beside the title, such as a position. */
  readonly mark?: ComponentChildren;
  /** Below the title. */
  readonly children?: ComponentChildren;
};

/** A line of a list of posts. */
export function PostTile({ id, post, isSelected, onSelect, mark, children }: TileProps) {
  const category = post?.categories[0] ?? "";
  const words = (
    <>
      <span class="tile-picture" style={{ "--hue": hueOf(category) }} aria-hidden="true">
        {mark}
      </span>
      <span class="tile-words">
        <span class="tile-title">{post === undefined ? id : post.title || "Untitled"}</span>
        <span class="note">{[category, post?.creator].filter(Boolean).join(" · ") || " "}</span>
        {children}
      </span>
    </>
  );
  if (onSelect === undefined) return <div class="tile">{words}</div>;
  return (
    <button type="button" class="tile" aria-pressed={isSelected ?? false} onClick={onSelect}>
      {words}
    </button>
  );
}
