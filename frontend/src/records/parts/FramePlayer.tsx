import { useEffect, useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { QrCode } from "../../parts/QrCode";
import "../../style/records.css";
import { papers } from "../words/papers";

/** Long enough for a camera that looks eight times a second. */
const FRAME_MS = 400;

const isCalm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Codes one after another; still where one asked for no motion, or stopped them. */
export function FramePlayer({ frames }: { frames: readonly string[] }) {
  const w = papers().show;
  const [at, setAt] = useState(0);
  const [isPlaying, setPlaying] = useState(!isCalm());
  const count = frames.length;
  useEffect(() => {
    if (!isPlaying || count < 2) return;
    const timer = setInterval(() => setAt((place) => (place + 1) % count), FRAME_MS);
    return () => clearInterval(timer);
  }, [isPlaying, count]);
  const text = frames[at % count] ?? "";
  return (
    <div class="frames">
      <QrCode text={text} label={w.code((at % count) + 1, count)} />
      {count > 1 && (
        <>
          <p class="hint" aria-hidden="true">
            {w.code((at % count) + 1, count)}
          </p>
          <div class="actions">
            <Button look="secondary" onClick={() => setPlaying(!isPlaying)}>
              {isPlaying ? w.pause : w.play}
            </Button>
            {!isPlaying && (
              <Button look="secondary" onClick={() => setAt((at + 1) % count)}>
                {w.next}
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  );
}
