import { head } from "../../chain/head";
import { Notice } from "../../parts/Notice";
import { formatMoment } from "../../words/format";
import type { Circle, Member } from "../chain/circle";
import { credit } from "../words/credit";

/** What a member may do, and until when. */
export function StandingText({ circle, member }: { circle: Circle; member: Member }) {
  const text = textOf(circle, member);
  if (member.standing === "active") return <p>{text}</p>;
  return (
    <Notice tone="warn" live={false}>
      <p>{text}</p>
    </Notice>
  );
}

function textOf({ writeOffDelay_s }: Circle, { standing, leftAt_s, key }: Member): string {
  const w = credit().standing;
  if (standing === "replaced") return w.replaced(key);
  if (standing !== "left") return w[standing];
  const end_s = leftAt_s + writeOffDelay_s;
  return (head.value?.timestamp_s ?? 0) >= end_s ? w.gone : w.left(formatMoment(end_s));
}
