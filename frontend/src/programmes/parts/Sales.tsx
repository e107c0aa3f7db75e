import { useState } from "preact/hooks";
import type { Address } from "viem";
import { useAct } from "../../acts/useAct";
import { head } from "../../chain/head";
import { Folded } from "../../flows/parts/Folded";
import { Button } from "../../parts/Button";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { formatShortMoment } from "../../words/format";
import { type Sale, readSales, refundedOf, signedOf } from "../chain/sales";
import type { SignedSpend } from "../codes";
import { refundMoney, refundStamps } from "../flows/refund";
import type { TownProgramme } from "../published";
import { parseUnits, unitsTold } from "../told";
import { till } from "../words/till";
import { UnitsField } from "./UnitsField";

/** The latest payments at a shop, each with its way back. */
export function Sales({ programme, merchant }: { programme: TownProgramme; merchant: Address }) {
  const w = till();
  const read = useRead(() => readSales(programme, merchant), [programme.name, merchant, head.value?.number]);
  return (
    <section class="stack">
      <h2>{w.latest}</h2>
      <Reading read={read}>
        {(sales) =>
          sales.length === 0 ? (
            <p>{w.none}</p>
          ) : (
            sales.map((it) => (
              <Folded
                key={`${it.holder}/${it.nonce}/${it.transaction}`}
                summary={`${unitsTold(programme, it.units)}, ${formatShortMoment(it.at_s)}`}
              >
                {() => <Refund programme={programme} merchant={merchant} sale={it} />}
              </Folded>
            ))
          )
        }
      </Reading>
    </section>
  );
}

interface Props {
  programme: TownProgramme;
  merchant: Address;
  sale: Sale;
}

function Refund({ programme, merchant, sale }: Props) {
  const w = till();
  const read = useRead(async () => {
    const signed = await signedOf(programme, sale);
    return signed && { signed, back: await refundedOf(signed) };
  }, [sale.transaction, head.value?.number]);
  return (
    <Reading read={read}>
      {(found) =>
        found ? (
          <>
            {found.back > 0 && <p>{w.refunded(unitsTold(programme, found.back))}</p>}
            <RefundForm
              programme={programme}
              merchant={merchant}
              signed={found.signed}
              left={sale.units - found.back}
            />
          </>
        ) : (
          <p>{w.refundLost}</p>
        )
      }
    </Reading>
  );
}

function RefundForm({
  programme,
  merchant,
  signed,
  left,
}: Omit<Props, "sale"> & { signed: SignedSpend; left: number }) {
  const w = till();
  const act = useAct();
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [given, setGiven] = useState(0);
  const send = (event: Event): void => {
    event.preventDefault();
    const parsed = parseUnits(programme, typed);
    const most = w.refundMost(unitsTold(programme, left));
    const found = "fault" in parsed ? parsed.fault : parsed.units > left ? most : null;
    setFault(found);
    if (found || !("units" in parsed) || act.isBusy) return;
    setGiven(parsed.units);
    if (programme.unit === "stamps") void act.direct(() => refundStamps(programme, signed, parsed.units));
    else void act.slip(() => refundMoney(merchant, programme, signed, parsed.units));
  };
  return (
    <form class="stack" noValidate onSubmit={send}>
      <UnitsField programme={programme} label={w.refundAmount} value={typed} onValue={setTyped} fault={fault} />
      <p class="hint">{w.refundWhere}</p>
      <Progress act={act} done={<p class="notice-title">{w.refundDone(unitsTold(programme, given))}</p>} />
      <Button type="submit" look="secondary" busy={act.isBusy}>
        {w.refund}
      </Button>
    </form>
  );
}
