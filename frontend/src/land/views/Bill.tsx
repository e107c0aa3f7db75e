import { type Address as Account, isAddressEqual } from "viem";
import type { Act } from "../../acts/act";
import { head } from "../../chain/head";
import { readBalance } from "../../money/figures";
import { Address } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { Facts, Figure } from "../../parts/Table";
import { useRead } from "../../parts/read";
import { useAct } from "../../acts/useAct";
import type { ViewProps } from "../../route";
import "../../style/land.css";
import { paidIn } from "../../town/currency";
import { formatAmount } from "../../words/format";
import { land } from "../words/land";
import { tax } from "../words/tax";
import { type Bill, receiptOf } from "../bills";
import { type SealedRoll, isPaid, payTax, readRoll } from "../flows/tax";
import { nameOf, parcelOf } from "../parcel";

/** A bill of the land tax: what it is, and paying it. */
export default function BillView({ parameters }: ViewProps) {
  const year = parameters["year"] ?? "";
  const w = tax();
  const roll = useRead(() => readRoll(Number(year)), [year]);
  return (
    <Page title={w.title(year)}>
      <Reading read={roll}>
        {(found) => {
          const bill = found === null || found === "forged" ? undefined : found.bills[Number(parameters["index"])];
          if (found === "forged") return <Notice tone="bad">{w.forged}</Notice>;
          return bill && found ? <Sheet roll={found} bill={bill} /> : <p>{w.notOnRoll}</p>;
        }}
      </Reading>
    </Page>
  );
}

function Sheet({ roll, bill }: { roll: SealedRoll; bill: Bill }) {
  const act = useAct();
  const paid = useRead(() => isPaid(roll, bill), [roll, bill, head.value?.number]);
  const currency = paidIn(roll.contract);
  const amount = formatAmount(bill.amount_cents, currency);
  const receipt = (
    <>
      <p class="hint">{tax().receiptNote}</p>
      <p class="hash">{receiptOf(bill)}</p>
    </>
  );
  return (
    <>
      <Figure
        label={tax().lead(nameOf(parcelOf(bill.title)))}
        value={amount}
        note={paid.value ? tax().paid : tax().due}
      />
      <Facts facts={[[tax().account, <Address address={bill.account} />]]} />
      {paid.value === true && act.state.value.at !== "done" && (
        <Notice tone="good" title={tax().done}>
          {receipt}
        </Notice>
      )}
      {paid.value === false && (
        <NeedsWallet>
          {({ account }) => (
            <>
              {!isAddressEqual(account, bill.account) && <p class="hint">{tax().anyone}</p>}
              {act.state.value.at === "ready" && <Pay roll={roll} bill={bill} account={account} act={act} />}
            </>
          )}
        </NeedsWallet>
      )}
      <Progress
        act={act}
        done={
          <>
            <p class="notice-title">{tax().done}</p>
            {receipt}
          </>
        }
      />
    </>
  );
}

interface Payment {
  roll: SealedRoll;
  bill: Bill;
  account: Account;
  act: Act;
}

/** The button, for whoever has enough in the currency of the roll. */
function Pay({ roll, bill, account, act }: Payment) {
  const currency = paidIn(roll.contract);
  const own = useRead(() => readBalance(account, currency), [account, currency.contract, head.value?.number]);
  if (own.value === undefined) return null;
  if (own.value < bill.amount_cents) {
    return <Notice tone="warn">{land().sale.fund.poor(formatAmount(own.value, currency))}</Notice>;
  }
  return (
    <Button wide onClick={() => void act.slip((payer) => payTax(payer, roll, bill))}>
      {tax().pay(formatAmount(bill.amount_cents, currency))}
    </Button>
  );
}
