import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Address } from "viem";
import { head, hurry } from "../../chain/head";
import { type Problem, problemOf } from "../../chain/problem";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { QrCode } from "../../parts/QrCode";
import { useRead } from "../../parts/read";
import { type Sale, readSales, signedOf } from "../chain/sales";
import { type Asked, askedText } from "../codes";
import { Posting, drawnDeadline } from "../flows/spend";
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
  const [asked, setAsked] = useState<Asked | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const close = (): void => {
    setAsked(null);
    setTyped("");
  };
  const ask = async (units: number): Promise<void> => {
    try {
      setAsked({ programme: programme.name, merchant, units, deadline: await drawnDeadline(programme) });
      setProblem(null);
    } catch (error) {
      setProblem(await problemOf(error));
    }
  };
  if (asked !== null) return <Asking programme={programme} asked={asked} close={close} />;
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const parsed = parseUnits(programme, typed);
        setFault("fault" in parsed ? parsed.fault : null);
        if ("units" in parsed) void ask(parsed.units);
      }}
    >
      <UnitsField programme={programme} label={w.amount} value={typed} onValue={setTyped} fault={fault} />
      <Button type="submit" wide>
        {w.ask}
      </Button>
      {problem && (
        <Notice tone="bad">
          <p>
            <ProblemText problem={problem} />
          </p>
        </Notice>
      )}
    </form>
  );
}

function Asking({ programme, asked, close }: { programme: TownProgramme; asked: Asked; close: () => void }) {
  const w = till();
  const { merchant, units } = asked;
  const posting = useMemo(() => new Posting(), []);
  const amount = unitsTold(programme, units);
  const isByPhone = usePaidByPhone(programme, asked);
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
          <QrCode text={askedText(asked)} label={w.askedLabel(amount)} />
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

/** Whether somebody's own phone has paid what the code asks: a spend that was not there before, by its deadline. */
function usePaidByPhone(programme: TownProgramme, { merchant, units, deadline }: Asked): boolean {
  const before = useRef<ReadonlySet<string> | null>(null);
  const read = useRead(async () => {
    const sales = await readSales(programme, merchant);
    before.current ??= new Set(sales.map(nameOf));
    const fresh = sales.filter((it) => it.units === units && !before.current?.has(nameOf(it)));
    const signed = await Promise.all(fresh.map((it) => signedOf(programme, it)));
    return signed.some((it) => it?.spend.deadline === deadline);
  }, [programme.name, merchant, units, deadline, head.value?.number]);
  return read.value ?? false;
}

const nameOf = ({ holder, nonce }: Sale): string => `${holder}/${nonce}`;
