import type { Address as AccountAddress } from "viem";
import { head } from "../../chain/head";
import { download } from "../../csv";
import { historyOf } from "../history";
import { type Movement, dayOf } from "../movements";
import { historySheet } from "../sheet";
import { Address } from "../../parts/Address";
import { Button, ButtonLink } from "../../parts/Button";
import { movementText, referenceText } from "../parts/Movements";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { Facts, Table } from "../../parts/Table";
import { useRead } from "../../parts/read";
import { link, query } from "../../router";
import "../../style/money.css";
import { theCurrency } from "../../town/currency";
import type { Session } from "../../wallet/session";
import { core } from "../../words/core";
import { formatAmount, formatCents, formatDay, formatShortMoment, formatSigned } from "../../words/format";
import { pageOf } from "../pages";
import { money } from "../words/money";

/** One's own movements: all of them, or a day's statement with `?day=2026-11-22`. */
export default function History() {
  const w = money();
  const day = query.value.get("day");
  const title = day ? `${w.takings.statement}` : w.history.title;
  return (
    <Page title={title} lead={day ? formatDay(Date.parse(`${day}T12:00:00`) / 1000) : undefined}>
      <NeedsWallet>{(session) => <Own session={session} day={day} />}</NeedsWallet>
    </Page>
  );
}

function Own({ session, day }: { session: Session; day: string | null }) {
  const w = money();
  const read = useRead(() => historyOf(session.account), [session.account, head.value?.number]);
  return (
    <Reading read={read}>
      {({ movements, isWhole }) => {
        const shown = day ? movements.filter((it) => dayOf(it.at_s) === day) : movements;
        return (
          <>
            {!isWhole && (
              <Notice tone="bad">
                <p>{w.history.broken}</p>
              </Notice>
            )}
            <div class="actions no-print">
              <Button
                look="secondary"
                onClick={() => download(`${w.history.file}${day ? `-${day}` : ""}.csv`, historySheet(shown))}
              >
                {w.history.csv}
              </Button>
              {day && (
                <>
                  <Button look="secondary" onClick={() => print()}>
                    {w.takings.print}
                  </Button>
                  <ButtonLink look="quiet" href={link(pageOf("/takings"))}>
                    {w.takings.title}
                  </ButtonLink>
                </>
              )}
            </div>
            {day && <Statement account={session.account} movements={shown} />}
            <Rows movements={[...shown].reverse()} />
          </>
        );
      }}
    </Reading>
  );
}

/** What a day's statement begins with: whose it is, the balances around it. */
function Statement({ account, movements }: { account: AccountAddress; movements: readonly Movement[] }) {
  const w = money().takings;
  const [first, last] = [movements[0], movements.at(-1)];
  if (!first || !last) return null;
  return (
    <Facts
      facts={[
        [core().wallet.account, <Address address={account} full />],
        [w.opening, formatAmount(first.balance_cents - first.change_cents)],
        [w.closing, formatAmount(last.balance_cents)],
      ]}
    />
  );
}

function Rows({ movements }: { movements: readonly Movement[] }) {
  const w = money().history;
  if (movements.length === 0) return <p>{money().nothingYet}</p>;
  return (
    <Table
      caption={w.title}
      hideCaption
      rows={movements}
      columns={[
        {
          name: w.what,
          cell: (it) => (
            <>
              {movementText(it)}
              <span class="hint row-note" title={it.ref ?? undefined}>
                {[formatShortMoment(it.at_s), referenceText(it)].filter(Boolean).join(" · ")}
              </span>
            </>
          ),
        },
        {
          name: `${w.amount} (${theCurrency().symbol})`,
          numeric: true,
          cell: (it) => <span class={it.change_cents > 0n ? "in" : ""}>{formatSigned(it.change_cents)}</span>,
        },
        { name: w.balance, numeric: true, cell: (it) => formatCents(it.balance_cents) },
      ]}
    />
  );
}
