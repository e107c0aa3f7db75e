import { head } from "../../chain/head";
import { historyOf } from "../history";
import { ButtonLink } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Movements } from "../parts/Movements";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import "../../style/money.css";
import type { Session } from "../../wallet/session";
import { who } from "../../wallet/who";
import { formatAmount } from "../../words/format";
import { theCurrency } from "../../town/currency";
import { theTown } from "../../town/folder";
import { pageOf } from "../pages";
import { UnlessRetired } from "../parts/UnlessRetired";
import { money } from "../words/money";

const SHOWN = 5;

export default function Money() {
  return (
    <Page title={money().title} lead={theTown().currencies.length > 1 ? theCurrency().name : undefined}>
      <NeedsWallet>{(session) => <Account session={session} />}</NeedsWallet>
    </Page>
  );
}

function Account({ session }: { session: Session }) {
  const w = money();
  const isProfessional = who.value?.kind === "professional";
  const currency = theCurrency();
  const history = useRead(() => historyOf(session.account), [session.account, head.value?.number]);
  return (
    <>
      <section class="purse" aria-label={w.balance}>
        <p class="purse-label">{w.balance}</p>
        <Balance />
        <UnlessRetired key={currency.contract} currency={currency} session={session}>
          <ButtonLink href={link(pageOf("/pay"))}>{w.payAction}</ButtonLink>
          <ButtonLink look="secondary" href={link(pageOf(isProfessional ? "/till" : "/request"))}>
            {isProfessional ? w.tillAction : w.requestAction}
          </ButtonLink>
          <ButtonLink look="secondary" href={link(pageOf("/scan"))}>
            {w.scanAction}
          </ButtonLink>
        </UnlessRetired>
      </section>
      <section>
        <h2>{w.latest}</h2>
        <Reading read={history}>
          {({ movements }) => <Movements movements={movements.slice(-SHOWN).reverse()} />}
        </Reading>
      </section>
      <ul class="list">
        <li>
          <a href={link(pageOf("/history"))}>{w.historyAction}</a>
        </li>
        <li>
          <a href={link(pageOf("/takings"))}>{w.takingsAction}</a>
        </li>
        <li>
          <a href={link(pageOf("/contacts"))}>{w.contactsAction}</a>
        </li>
        {isProfessional && (
          <li>
            <a href={link(pageOf("/redeem"))}>{w.redeemAction}</a>
          </li>
        )}
        {theTown()
          .currencies.filter(({ contract }) => contract !== theCurrency().contract)
          .map((other) => (
            <li key={other.contract}>
              <a href={link(pageOf("", other))}>{w.otherCurrency(other.name)}</a>
            </li>
          ))}
      </ul>
    </>
  );
}

function Balance() {
  const known = who.value;
  return (
    <p class="balance" data-testid="balance" data-cents={known?.balance_cents.toString()}>
      {known ? formatAmount(known.balance_cents) : "…"}
    </p>
  );
}
