import { isAddressEqual } from "viem";
import type { Poll } from "../booth/polls";
import { nameOf } from "../../parts/Address";
import { session } from "../../wallet/session";
import { ballot } from "../words/ballot";

/** What a consultation is called: its question, or whose promises it judges. */
export function titleOf({ subject, judged, number }: Poll): string {
  const account = session.value?.account;
  if (judged && account && isAddressEqual(account, judged.subject)) return ballot().judgingOwn;
  if (judged) return ballot().judging(nameOf(judged.subject));
  return subject?.question ?? ballot().unknownText(number);
}
