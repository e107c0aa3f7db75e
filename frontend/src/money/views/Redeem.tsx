import { useState } from "preact/hooks";
import { type Address, getAbiItem } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { head } from "../../chain/head";
import { logs } from "../../chain/logs";
import { redeem, redemptionFee } from "../flows/redeem";
import { referenceHash } from "../flows/pay";
import { useAct } from "../../acts/useAct";
import { localCurrencyAbi } from "../../generated/LocalCurrency";
import { parseAmount, typeAmount } from "../amount";
import { rememberMemo } from "../memos";
import { AmountField, amountFault } from "../parts/AmountField";
import { Button, ButtonLink } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { Facts, Table } from "../../parts/Table";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import { useDraft } from "../../store/draft";
import { texts } from "../../store/schema";
import "../../style/money.css";
import type { Session } from "../../wallet/session";
import { KINDS, who } from "../../wallet/who";
import { decimalSign, formatAmount, formatEuros, formatNumber, formatShare } from "../../words/format";
import { theCurrency } from "../../town/currency";
import { draftOf, pageOf } from "../pages";
import { money } from "../words/money";

const EMPTY = { amount: "", reference: "" };

const REDEEMED = getAbiItem({ abi: localCurrencyAbi, name: "Redeemed" });

interface Terms {
  fee_bps: number;
  least_cents: bigint;
  mayRedeem: boolean;
}

async function termsOf(kind: number): Promise<Terms> {
  const currency = at(theCurrency().contract, localCurrencyAbi);
  const { kinds, fee_bps, least_cents } = await readContract(chain(), { ...currency, functionName: "redemptionRule" });
  return { fee_bps, least_cents, mayRedeem: kind > 0 && ((kinds >> kind) & 1) === 1 };
}

export default function Redeem() {
  return (
    <Page title={money().redeem.title}>
      <NeedsWallet>{(session) => <Own session={session} />}</NeedsWallet>
    </Page>
  );
}

function Own({ session }: { session: Session }) {
  const kind = KINDS.indexOf(who.value?.kind ?? "none");
  const terms = useRead(() => termsOf(kind), [kind]);
  return (
    <>
      <Reading read={terms}>
        {({ fee_bps, least_cents, mayRedeem }) =>
          mayRedeem ? (
            <Form session={session} fee_bps={fee_bps} least_cents={least_cents} />
          ) : (
            <Notice live={false}>
              <p>{money().redeem.notYou}</p>
            </Notice>
          )
        }
      </Reading>
      <Past account={session.account} />
    </>
  );
}

interface FormProps {
  session: Session;
  fee_bps: number;
  least_cents: bigint;
}

function Form({ session, fee_bps, least_cents }: FormProps) {
  const w = money();
  const act = useAct();
  const [draft, change, forget] = useDraft(draftOf("redeem"), texts(EMPTY), EMPTY);
  const [fault, setFault] = useState<string | null>(null);
  const [owed_cents, setOwed] = useState(0n);
  const balance = who.value?.account === session.account ? who.value.balance_cents : 0n;
  const parsed = parseAmount(draft.amount);
  const fee_cents = parsed.fault ? 0n : redemptionFee(parsed.cents, fee_bps);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const isLittle = !parsed.fault && parsed.cents < least_cents;
    const tooLittle = isLittle ? w.redeem.tooLittle(formatAmount(least_cents)) : null;
    const found = amountFault(parsed, balance, w.tooMuch(formatAmount(balance))) ?? tooLittle;
    setFault(found);
    if (found || parsed.fault || act.isBusy) return;
    setOwed(parsed.cents - fee_cents);
    const reference = draft.reference.trim();
    if (reference) rememberMemo(referenceHash(reference), reference);
    await act.slip((holder) => redeem(holder, { amount_cents: parsed.cents, fee_bps, reference }));
    if (act.state.peek().at === "done") forget();
  };
  if (act.state.value.at === "done") {
    return (
      <>
        <Progress act={act} done={<p class="notice-title">{w.redeem.done(formatEuros(owed_cents))}</p>} />
        <ButtonLink look="secondary" href={link(pageOf(""))}>
          {w.title}
        </ButtonLink>
      </>
    );
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p class="lead">{w.redeem.lead(formatShare(fee_bps / 10_000))}</p>
      <AmountField value={draft.amount} onValue={(amount) => change({ amount })} fault={fault} />
      <Button look="quiet" onClick={() => change({ amount: typeAmount(balance, decimalSign()) })}>
        {w.redeem.all} ({formatAmount(balance)})
      </Button>
      <TextField
        label={w.redeem.reference}
        hint={w.redeem.referenceHint}
        optional
        value={draft.reference}
        onValue={(reference) => change({ reference })}
        fault={null}
        input={{ autocomplete: "off" }}
      />
      {!parsed.fault && (
        <Facts
          facts={[
            [w.redeem.fee, formatAmount(fee_cents)],
            [w.redeem.get, formatEuros(parsed.cents - fee_cents)],
          ]}
        />
      )}
      <Progress act={act} />
      <Button type="submit" wide busy={act.isBusy}>
        {w.redeem.submit}
      </Button>
    </form>
  );
}

async function redemptionsOf(account: Address): Promise<{ number: bigint; owed_cents: bigint; isSettled: boolean }[]> {
  const currency = at(theCurrency().contract, localCurrencyAbi);
  const told = await logs({ address: currency.address, event: REDEEMED, args: { account } });
  const now = await Promise.all(
    told.map(({ args }) =>
      readContract(chain(), { ...currency, functionName: "redemptionOf", args: [args.redemption] }),
    ),
  );
  return told
    .map(({ args }, place) => ({
      number: args.redemption,
      owed_cents: args.owed_cents,
      isSettled: now[place]?.owed === 0n,
    }))
    .reverse();
}

function Past({ account }: { account: Address }) {
  const w = money().redeem;
  const read = useRead(() => redemptionsOf(account), [account, head.value?.number]);
  if (!read.value?.length) return null;
  return (
    <Table
      caption={w.title2}
      rows={read.value}
      columns={[
        { name: w.number, cell: (it) => formatNumber(it.number) },
        { name: w.owed, numeric: true, cell: (it) => formatEuros(it.owed_cents) },
        {
          name: w.state,
          cell: (it) => <span class={it.isSettled ? "badge good" : "badge"}>{it.isSettled ? w.settled : w.due}</span>,
        },
      ]}
    />
  );
}
