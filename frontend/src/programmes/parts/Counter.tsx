import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Address } from "viem";
import { head, hurry } from "../../chain/head";
import { Button } from "../../parts/Button";
import { QrCode } from "../../parts/QrCode";
import { useRead } from "../../parts/read";
import { type Sale, readSales } from "../chain/sales";
import { askedText } from "../codes";
import { Posting } from "../flows/spend";
import { takenFrom } from "../flows/take";
import type { TownProgramme } from "../published";
import { parseUnits, unitsTold } from "../told";
import { till } from "../words/till";
import { PostingState } from "./PostingState";
import { TakeCode } from "./TakeCode";
import { UnitsField } from "./UnitsField";

interface Props {
  programme: TownProgramme;
  merchant: Address;
}

/** One customer after another: an amount, a code, and "paid". */
export function Counter({ programme, merchant }: Props) {
  const w = till();
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [units, setUnits] = useState<number | null>(null);
  const close = (): void => {
    setUnits(null);
    setTyped("");
  };
  if (units !== null) {
    return <Asking programme={programme} merchant={merchant} units={units} close={close} />;
  }
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const parsed = parseUnits(programme, typed);
        setFault("fault" in parsed ? parsed.fault : null);
        if ("units" in parsed) setUnits(parsed.units);
      }}
    >
      <UnitsField programme={programme} label={w.amount} value={typed} onValue={setTyped} fault={fault} />
      <Button type="submit" wide>
        {w.ask}
      </Button>
    </form>
  );
}

function Asking({ programme, merchant, units, close }: Props & { units: number; close: () => void }) {
  const w = till();
  const posting = useMemo(() => new Posting(), []);
  const amount = unitsTold(programme, units);
  const isByPhone = usePaidByPhone(programme, merchant, units);
  const isPaid = posting.state.value.at === "paid" || (isByPhone && !posting.isBusy);
  useEffect(() => hurry(), []);
  useEffect(() => () => posting.reset(), [posting]);
  return (
    <section class="asking">
      <p class="balance" role="status">
        {isPaid ? w.paid(amount) : w.asked(amount)}
      </p>
      {isPaid ? (
        <p>{programme.unit === "stamps" ? w.paidStamps : w.paidNote}</p>
      ) : (
        <>
          <p>{w.askedLead}</p>
          <QrCode text={askedText({ programme: programme.name, merchant, units })} label={w.askedLabel(amount)} />
          <TakeCode
            onCode={(code) => void posting.post(() => takenFrom(code, programme, merchant, units))}
            busy={posting.isBusy}
          />
          <PostingState posting={posting} paid={() => w.paid(amount)} />
        </>
      )}
      <Button look={isPaid ? "primary" : "secondary"} wide onClick={close}>
        {isPaid ? w.next : w.cancel}
      </Button>
    </section>
  );
}

/** Whether somebody's own phone has paid what the code asks: a spend of so many units that was not there before. */
function usePaidByPhone(programme: TownProgramme, merchant: Address, units: number): boolean {
  const before = useRef<ReadonlySet<string> | null>(null);
  const read = useRead(async () => {
    const sales = await readSales(programme, merchant);
    before.current ??= new Set(sales.map(nameOf));
    return sales.some((it) => it.units === units && !before.current?.has(nameOf(it)));
  }, [programme.name, merchant, units, head.value?.number]);
  return read.value ?? false;
}

const nameOf = ({ holder, nonce }: Sale): string => `${holder}/${nonce}`;
