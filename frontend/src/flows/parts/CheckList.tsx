import "../../style/energy.css";
import "../../style/records.css";
import { checks } from "../words/checks";

/** What was checked, each with whether it holds. */
export function CheckList({ items }: { items: readonly (readonly [what: string, holds: boolean])[] }) {
  const w = checks();
  return (
    <ul class="checks">
      {items.map(([what, holds]) => (
        <li key={what}>
          <span>{what}</span>
          <span class={holds ? "badge good" : "badge late"}>{holds ? w.hold : w.fails}</span>
        </li>
      ))}
    </ul>
  );
}
