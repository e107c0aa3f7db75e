import type { Status } from "../booth/polls";
import { ballot } from "../words/ballot";

const LOOKS: Partial<Record<Status, string>> = { open: "badge good", tallied: "badge plain" };

export function StatusBadge({ status }: { status: Status }) {
  return <span class={LOOKS[status] ?? "badge"}>{ballot().status[status]}</span>;
}
