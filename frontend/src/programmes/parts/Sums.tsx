import { Notice } from "../../parts/Notice";
import { Facts } from "../../parts/Table";
import type { Figures } from "../figures";
import type { TownProgramme } from "../published";
import { unitsTold } from "../told";
import { figures } from "../words/figures";

/** What was announced, paid in, spent and is left: behind stamps there is no money to speak of. */
export function Sums({ of, now }: { of: TownProgramme; now: Figures }) {
  const w = figures();
  const told = (units: number): string => unitsTold(of, units);
  const hasMoney = of.terms.unit_cents > 0;
  return (
    <>
      <Facts
        facts={[
          ...(now.announced > 0 ? [[w.announced, told(now.announced)] as const] : []),
          ...(hasMoney ? [[w.funded, told(now.funded)] as const] : []),
          [w.spent, told(now.spent)],
          ...(hasMoney ? [[w.left, told(now.left)] as const] : []),
          ...(now.returned > 0 ? [[w.returned, told(now.returned)] as const] : []),
        ]}
      />
      {hasMoney && now.funded < now.announced && (
        <Notice tone="warn" title={w.missing(told(now.announced - now.funded))} live={false} />
      )}
    </>
  );
}
