import type { Address } from "viem";
import { ButtonLink } from "../../parts/Button";
import { Facts } from "../../parts/Table";
import type { ViewProps } from "../../route";
import { link } from "../../router";
import { amountIn } from "../amount";
import { type Circle, type Member, readCircle } from "../chain/circle";
import { grownOf, lentOf, mayPay } from "../limits";
import { circles, pageOf } from "../pages";
import { Allowed } from "../parts/Allowed";
import { AsMember } from "../parts/AsMember";
import { CreditBar } from "../parts/CreditBar";
import { CreditMovements } from "../parts/CreditMovements";
import { InCircle } from "../parts/InCircle";
import { StandingText } from "../parts/StandingText";
import { useRead } from "../../parts/read";
import { Vouches } from "../parts/Vouches";
import { credit } from "../words/credit";

/** What one owes a circle or is owed, and what one may still. */
export default function Account({ parameters }: ViewProps) {
  const w = credit();
  return (
    <InCircle parameters={parameters} title={w.title}>
      {(circle) => (
        <>
          <p class="hint">{w.lead}</p>
          <AsMember circle={circle}>
            {(member, account) => <Own circle={circle} member={member} account={account} />}
          </AsMember>
          <Others circle={circle} />
        </>
      )}
    </InCircle>
  );
}

function Own({ circle, member, account }: { circle: Circle; member: Member; account: Address }) {
  const w = credit();
  const isMet = member.standing !== "none" && member.standing !== "awaiting";
  return (
    <>
      {isMet && <CreditBar circle={circle} member={member} />}
      {mayPay(member) && (
        <div class="actions">
          <ButtonLink href={link(pageOf("/credit/pay", circle.contract))}>{w.payAction}</ButtonLink>
          {member.standing === "active" && (
            <ButtonLink look="secondary" href={link(pageOf("/credit/vouch", circle.contract))}>
              {w.vouches.action}
            </ButtonLink>
          )}
        </div>
      )}
      <section>
        <h2>{w.standing.title}</h2>
        <StandingText circle={circle} member={member} />
      </section>
      {isMet && <Limits circle={circle} member={member} />}
      {circle.currency && <Allowed circle={circle} money={circle.currency} account={account} />}
      {isMet && <Vouches circle={circle} member={member} />}
      {isMet && <CreditMovements circle={circle} member={member} />}
    </>
  );
}

function Limits({ circle, member }: { circle: Circle; member: Member }) {
  const w = credit().limits;
  const shown = (amount: bigint): string => amountIn(circle, amount);
  return (
    <section>
      <h2>{w.title}</h2>
      <Facts
        facts={[
          [w.mostDebt, shown(member.mostDebt)],
          [w.floor, shown(member.floor)],
          [w.grown, shown(grownOf(circle, member))],
          [w.vouchedFor, shown(member.vouchedFor)],
          [w.lent, shown(lentOf(member))],
          [w.ceiling, shown(member.ceiling)],
        ]}
      />
    </section>
  );
}

/** Ways to the town's other circles, by their names. */
function Others({ circle }: { circle: Circle }) {
  const others = circles().filter((it) => it !== circle.contract);
  const read = useRead(() => Promise.all(others.map(readCircle)), [circle.contract]);
  if (!read.value?.length) return null;
  return (
    <ul class="list">
      {read.value.map(({ contract, name }) => (
        <li key={contract}>
          <a href={link(pageOf("/credit", contract))}>
            {credit().otherCircle} {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
