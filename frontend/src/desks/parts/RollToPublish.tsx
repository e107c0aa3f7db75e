import type { SealedRoll } from "../../vote/booth/rolls";
import { download } from "../../csv";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { openings } from "../../vote/words/openings";

/** A roll that was drawn here: whoever opens over it must have it published. */
export function RollToPublish({ roll: { root, csv } }: { roll: SealedRoll }) {
  const w = openings().plan;
  const name = `${root}.csv`;
  return (
    <Notice tone="warn" live={false} title={w.toPublish}>
      <p class="hash">{w.toPublishHow(name)}</p>
      <Button look="secondary" onClick={() => download(name, csv)}>
        {w.download}
      </Button>
    </Notice>
  );
}
