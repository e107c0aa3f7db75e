import { useState } from "preact/hooks";
import { type Address, isAddressEqual } from "viem";
import { head } from "../../chain/head";
import type { Act } from "../../acts/act";
import { useAct } from "../../acts/useAct";
import { readPayee } from "../../money/payee";
import { money } from "../../money/words/money";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { type Read, useRead } from "../../parts/read";
import { hasOffice } from "../../post/client";
import { link } from "../../router";
import "../../style/land.css";
import { paidIn } from "../../town/currency";
import { instancesOf } from "../../town/instances";
import { formatAmount, formatMoment } from "../../words/format";
import { land } from "../words/land";
import { tax } from "../words/tax";
import type { Bill } from "../bills";
import { withdraw, withdrawTo } from "../flows/retract";
import { readBills } from "../flows/tax";
import { nameOf, parcelOf } from "../parcel";
import { rightText } from "../parts/Shares";
import type { Deed } from "../reading";
import { keysOf } from "../../residents/keys";
import { type Holding, titlesOf } from "../register";
import { type Owed, type Sale, isOpen, isParty, owedTo, readDeeds, readSales } from "../sales";

/** What one holds, has to sign, has to pay. */
export default function Mine() {
  const w = land().mine;
  return (
    <Page title={w.title} lead={w.lead}>
      <NeedsWallet>
        {({ account }) => (
          <>
            <Deeds account={account} />
            <Sales account={account} />
            <Unpaid account={account} />
            <Titles account={account} />
            <Bills account={account} />
          </>
        )}
      </NeedsWallet>
    </Page>
  );
}

const hasSigned = (deed: Deed, key: Address): boolean => deed.signed.some((it) => isAddressEqual(it, key));

function Deeds({ account }: { account: Address }) {
  const w = land().mine;
  const read = useRead(async () => {
    const keys = await keysOf(account);
    const deeds = (await Promise.all(keys.map((key) => readDeeds(key)))).flat();
    return deeds.map((deed) => ({ deed, isSigned: keys.some((key) => hasSigned(deed, key)) }));
  }, [account, head.value?.number]);
  if (!hasOffice()) return <p class="hint">{w.noOffice}</p>;
  return (
    <section>
      <h2>{w.toSign}</h2>
      <Reading read={read}>
        {(deeds) => {
          const open = deeds.filter(({ isSigned }) => !isSigned);
          const waiting = deeds.filter(({ deed, isSigned }) => isSigned && !deed.isComplete);
          return (
            <>
              {open.length === 0 ? <p>{w.nothingToSign}</p> : <Ways ways={open.map(({ deed }) => wayToDeed(deed))} />}
              {waiting.length > 0 && (
                <>
                  <h3>{w.signed}</h3>
                  <Ways ways={waiting.map(({ deed }) => wayToDeed(deed))} />
                </>
              )}
            </>
          );
        }}
      </Reading>
    </section>
  );
}

/** A way to something of one's own, and what there is to know before taking it. */
interface Way {
  to: string;
  name: string;
  note: string;
}

function Ways({ ways }: { ways: readonly Way[] }) {
  return (
    <ul class="list">
      {ways.map(({ to, name, note }) => (
        <li key={to}>
          <a href={link(to)}>
            <span class="row">
              <span>{name}</span>
              <span class="hint">{note}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function wayToDeed(deed: Deed): Way {
  const w = land().deed;
  return {
    to: `/land/deed/${deed.id}`,
    name: w.title(w.names[deed.act], nameOf(parcelOf(deed.terms.title))),
    note: w.count(deed.signed.length, deed.parties.length),
  };
}

interface Listed<T> {
  title: string;
  none: string;
  read: Read<readonly T[]>;
  wayTo: (item: T) => Way;
}

/** A kind of what one has, each with a way to it; a sentence where there is none. */
function Listing<T>({ title, none, read, wayTo }: Listed<T>) {
  return (
    <section>
      <h2>{title}</h2>
      <Reading read={read}>
        {(items) => (items.length === 0 ? <p>{none}</p> : <Ways ways={items.map(wayTo)} />)}
      </Reading>
    </section>
  );
}

function Sales({ account }: { account: Address }) {
  const w = land();
  const read = useRead(async () => {
    const keys = await keysOf(account);
    const sales = await readSales();
    const mine = sales.filter((sale) => keys.some((key) => isParty(sale.terms, key)));
    return mine.filter((sale) => isOpen(sale) || sale.state === "cancelled");
  }, [account, head.value?.number]);
  const wayTo = (sale: Sale): Way => {
    const until = isOpen(sale) ? ` · ${w.sale.deadline(formatMoment(sale.terms.settleBy))}` : "";
    return {
      to: `/land/sale/${sale.number}`,
      name: w.sale.title(nameOf(parcelOf(sale.title))),
      note: w.sale.states[sale.state] + until,
    };
  };
  return <Listing title={w.mine.sales} none={w.mine.noSales} read={read} wayTo={wayTo} />;
}

/** What settlements could not pay out: taken here, of each contract of sales apart. */
function Unpaid({ account }: { account: Address }) {
  const owed = useRead(() => owedTo(account), [account, head.value?.number]);
  return instancesOf("Conveyance").map((contract) => (
    <Take key={contract} account={account} owed={owed.value?.find((it) => it.contract === contract)} />
  ));
}

function Take({ account, owed }: { account: Address; owed: Owed | undefined }) {
  const w = land().mine;
  const [taking, sending] = [useAct(), useAct()];
  const isUntouched = [taking, sending].every((act) => act.state.value.at === "ready");
  if (!owed && isUntouched) return null;
  return (
    <section>
      {owed && (
        <Notice title={w.owed(formatAmount(owed.amount_cents, paidIn(owed.contract)))} live={false}>
          <Button onClick={() => void taking.direct((payee) => withdraw(payee, owed))}>{w.takeOwed}</Button>
          <SendElsewhere act={sending} owed={owed} account={account} />
        </Notice>
      )}
      <Progress act={taking} />
      <Progress act={sending} done={<p class="notice-title">{w.sent}</p>} />
    </section>
  );
}

/** Who may not receive names another account, by a slip that anyone posts. */
function SendElsewhere({ act, owed, account }: { act: Act; owed: Owed; account: Address }) {
  const w = land().mine;
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const send = (event: Event): void => {
    event.preventDefault();
    const to = readPayee(typed, account);
    setFault(to.fault && money().pay[to.fault]);
    if (to.address) void act.slip((payee) => withdrawTo(payee, to.address, owed));
  };
  return (
    <details>
      <summary>{w.sendOwed}</summary>
      <form noValidate onSubmit={send}>
        <p>{w.sendText}</p>
        <TextField label={money().pay.to} hint={money().pay.toHint} value={typed} onValue={setTyped} fault={fault} />
        <Button type="submit" busy={act.isBusy}>
          {w.sendAct}
        </Button>
      </form>
    </details>
  );
}

function Titles({ account }: { account: Address }) {
  const w = land().mine;
  const read = useRead(() => titlesOf(account), [account, head.value?.number]);
  const wayTo = ({ token, whole, rights }: Holding): Way => ({
    to: `/land/parcel/${parcelOf(token)}`,
    name: nameOf(parcelOf(token)),
    note: rights.map((right) => rightText(right, whole)).join(", "),
  });
  return <Listing title={w.titles} none={w.none} read={read} wayTo={wayTo} />;
}

function Bills({ account }: { account: Address }) {
  const w = land();
  const read = useRead(() => readBills(account), [account, head.value?.number]);
  const wayTo = (bill: Bill & { isPaid: boolean }): Way => ({
    to: `/land/tax/${bill.year}/${bill.index}`,
    name: `${bill.year} · ${nameOf(parcelOf(bill.title))}`,
    note: `${formatAmount(bill.amount_cents)} · ${bill.isPaid ? tax().paid : tax().due}`,
  });
  return <Listing title={w.mine.bills} none={w.mine.noBills} read={read} wayTo={wayTo} />;
}
