import { useState } from "preact/hooks";
import type { Address } from "viem";
import { useAct } from "../../acts/useAct";
import { head } from "../../chain/head";
import { readPayee } from "../../money/payee";
import { PayeeField } from "../../money/parts/PayeeField";
import { money } from "../../money/words/money";
import { nameOf } from "../../parts/Address";
import { Button, ButtonLink } from "../../parts/Button";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import type { ViewProps } from "../../route";
import { link } from "../../router";
import { amountIn, readAmount } from "../amount";
import { type Circle, type Member, readMember } from "../chain/circle";
import { readVouches } from "../chain/told";
import { unvouch, vouch } from "../flows/vouch";
import { type Faults, vouchFaults } from "../foreseen";
import { freeOf } from "../limits";
import { pageOf } from "../pages";
import { AsMember } from "../parts/AsMember";
import { CircleAmount } from "../parts/CircleAmount";
import { InCircle } from "../parts/InCircle";
import { StandingText } from "../parts/StandingText";
import { TakeBack } from "../parts/TakeBack";
import { credit } from "../words/credit";

/** For whom one vouches, and with how much of one's own limit. */
export default function Vouch({ parameters }: ViewProps) {
  const w = credit().vouches;
  return (
    <InCircle parameters={parameters} title={w.title}>
      {(circle) => (
        <AsMember circle={circle}>
          {(member, account) => (
            <>
              <p>{w.lead}</p>
              {member.standing === "active" ? (
                <Form circle={circle} member={member} account={account} />
              ) : (
                <StandingText circle={circle} member={member} />
              )}
              <Given circle={circle} account={account} />
              <ButtonLink look="secondary" href={link(pageOf("/credit", circle.contract))}>
                {credit().title}
              </ButtonLink>
            </>
          )}
        </AsMember>
      )}
    </InCircle>
  );
}

function Form({ circle, member, account }: { circle: Circle; member: Member; account: Address }) {
  const w = credit().vouches;
  const act = useAct();
  const [to, setTo] = useState("");
  const [typed, setTyped] = useState("");
  const [faults, setFaults] = useState<Faults>({});

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (act.isBusy) return;
    const [payee, read] = [readPayee(to, account), readAmount(circle, typed)];
    if (payee.fault || read.fault !== null) {
      setFaults({
        ...(payee.fault ? { to: payee.fault === "toSelf" ? w.oneself : money().pay[payee.fault] } : {}),
        ...(read.fault === null ? {} : { amount: read.fault }),
      });
      return;
    }
    const whom = payee.address;
    const found = await readMember(circle, whom).then(
      (theirs) => vouchFaults(circle, member, whom, theirs, read.amount),
      () => ({}),
    );
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    await act.slip((voucher) => vouch(voucher, circle, whom, read.amount));
    if (act.state.peek().at === "done") setTyped("");
  };

  return (
    <section>
      <h2>{w.vouchFor}</h2>
      <p>{w.risk}</p>
      <p class="hint">{w.mayLend(amountIn(circle, freeOf(circle, member)))}</p>
      <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
        <PayeeField label={w.whomLabel} value={to} onValue={setTo} fault={faults.to} />
        <CircleAmount circle={circle} value={typed} onValue={setTyped} fault={faults.amount} />
        <Button type="submit" busy={act.isBusy}>
          {w.submit}
        </Button>
        <Progress act={act} done={<p class="notice-title">{w.done}</p>} />
      </form>
    </section>
  );
}

/** Those for whom one vouches, each with a way to take it back as far as she does not use it. */
function Given({ circle, account }: { circle: Circle; account: Address }) {
  const w = credit().vouches;
  const act = useAct();
  const read = useRead(async () => {
    const { given } = await readVouches(circle, account);
    const members = await Promise.all(given.map(({ member }) => readMember(circle, member)));
    return given.map((it, place) => ({ it, free: freeOf(circle, members[place] as Member) }));
  }, [circle, account, head.value?.number]);
  return (
    <section>
      <h2>{w.given}</h2>
      <Reading read={read}>
        {(given) => (
          <>
            {given.length === 0 && <p class="hint">{w.youForNobody}</p>}
            {given.map(({ it, free }) => (
              <TakeBack
                key={`${it.voucher}/${it.member}`}
                circle={circle}
                given={it}
                free={free}
                whom={nameOf(it.member)}
                busy={act.isBusy}
                onAmount={(amount) => void act.slip(() => unvouch(circle, it, amount))}
              />
            ))}
          </>
        )}
      </Reading>
      <Progress act={act} done={<p class="notice-title">{w.takenBack}</p>} />
    </section>
  );
}
