import type { Poll } from "../../booth/polls";
import { nameOf } from "../../parts/Address";
import { ballot } from "../../words/ballot";

/** What a consultation is called: its question, or whose promises it judges. */
export function titleOf({ subject, judged, number }: Poll): string {
  if (judged) return ballot().judging(nameOf(judged.subject));
  return subject?.question ?? ballot().unknownText(number);
}
