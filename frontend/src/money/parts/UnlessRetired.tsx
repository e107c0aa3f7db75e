import type { ComponentChildren } from "preact";
import { useAct } from "../../acts/useAct";
import { head } from "../../chain/head";
import { Button, ButtonLink } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Progress } from "../../parts/Progress";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import { currencyNamed } from "../../town/currency";
import type { Currency } from "../../town/town";
import type { Session } from "../../wallet/session";
import { who } from "../../wallet/who";
import { formatAmount, formatEuros } from "../../words/format";
import { readBooks } from "../figures";
import { carryOver } from "../flows/carry";
import { pageOf } from "../pages";
import { money } from "../words/money";

interface Props {
  currency: Currency;
  session: Session;
  /** Ways to pay and be paid. */
  children: ComponentChildren;
}

/** What one does with a currency; of one that retired, what is left there, and how one's own comes over. */
export function UnlessRetired({ currency, session, children }: Props) {
  const into = currencyNamed(currency.followedBy ?? "");
  const ways = <div class="actions">{children}</div>;
  return into ? <Followed currency={currency} into={into} session={session} ways={ways} /> : ways;
}

interface FollowedProps extends Omit<Props, "children"> {
  into: Currency;
  ways: ComponentChildren;
}

function Followed({ currency, into, session, ways }: FollowedProps) {
  const w = money().retired;
  const act = useAct();
  const books = useRead(() => readBooks(currency), [currency.contract, head.value?.number]);
  if (!books.value) return null;
  const { isRetired, supply_cents, owed_cents } = books.value;
  const mine_cents = who.value?.account === session.account ? who.value.balance_cents : 0n;
  if (!isRetired) {
    return (
      <>
        <Notice live={false}>
          <p>{w.soon(into.name)}</p>
        </Notice>
        {ways}
      </>
    );
  }
  return (
    <>
      <Notice live={false} title={w.title(currency.name, into.name)}>
        <p>{w.rest(formatAmount(supply_cents, currency), formatEuros(owed_cents))}</p>
        {mine_cents > 0n && act.state.value.at === "ready" && (
          <>
            <p>{w.own(formatAmount(mine_cents, currency))}</p>
            <Button onClick={() => void act.direct((account) => carryOver(account, currency, into, mine_cents))}>
              {w.carry(into.name)}
            </Button>
            <p class="hint">{w.byAnyone}</p>
          </>
        )}
      </Notice>
      <Progress act={act} done={<p class="notice-title">{w.done(into.name)}</p>} />
      <div class="actions">
        <ButtonLink look="secondary" href={link(pageOf("", into))}>
          {into.name}
        </ButtonLink>
      </div>
    </>
  );
}
