import { useEffect, useState } from "preact/hooks";
import { getBlockNumber } from "viem/actions";
import { addressOf, chain } from "../../chain/client";
import { head, hurry, now_s } from "../../chain/head";
import { type ParsedAmount, parseAmount } from "../amount";
import { type Receipt, receiptsOf } from "../collect";
import { historyOf } from "../history";
import { rememberMemo } from "../memos";
import { dayOf } from "../movements";
import { MEMO_BYTES, type PaymentRequest, newRequest, requestHash, requestNonce, requestUri } from "../request";
import { Address, nameOf } from "../../parts/Address";
import { AmountField, amountFault } from "../parts/AmountField";
import { Button } from "../../parts/Button";
import { Copy } from "../../parts/Copy";
import { TextField } from "../../parts/Field";
import { Loading } from "../../parts/Loading";
import { Movements } from "../parts/Movements";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { ProblemText } from "../../parts/Problem";
import { QrCode } from "../../parts/QrCode";
import { useRead } from "../../parts/read";
import { path } from "../../router";
import { useDraft } from "../../store/draft";
import { texts } from "../../store/schema";
import "../../style/money.css";
import { theTown } from "../../town/folder";
import type { Session } from "../../wallet/session";
import { formatAmount, formatMoment } from "../../words/format";
import { theCurrency } from "../../town/currency";
import { draftOf } from "../pages";
import { money } from "../words/money";

const EMPTY = { amount: "", memo: "" };

const VALID_S = 3_600n;

/** A till for merchants, a request for everybody else: the same code, and seen paid as soon as the chain has it. */
export default function Collect() {
  const w = money().collect;
  const isTill = path.value.endsWith("/till");
  return (
    <Page title={isTill ? w.tillTitle : w.title} lead={w.lead}>
      <NeedsWallet>{(session) => <Collecting key={session.account} session={session} isTill={isTill} />}</NeedsWallet>
    </Page>
  );
}

interface Shown {
  request: PaymentRequest;
  fromBlock: bigint;
}

function Collecting({ session, isTill }: { session: Session; isTill: boolean }) {
  const [shown, setShown] = useState<Shown | null>(null);
  if (shown) return <Waiting shown={shown} close={() => setShown(null)} />;
  return (
    <>
      <Ask session={session} show={setShown} />
      {isTill ? <Today session={session} /> : <OwnAddress session={session} />}
    </>
  );
}

function Ask({ session, show }: { session: Session; show: (shown: Shown) => void }) {
  const w = money();
  const [draft, change, forget] = useDraft(draftOf("collect"), texts(EMPTY), EMPTY);
  const [faults, setFaults] = useState<{ amount: string | null; memo: string | null }>({ amount: null, memo: null });
  const [isBusy, setBusy] = useState(false);
  const ask = async (parsed: ParsedAmount): Promise<void> => {
    const memo = draft.memo.trim();
    const isLong = new TextEncoder().encode(memo).length > MEMO_BYTES;
    const found = { amount: amountFault(parsed), memo: isLong ? w.collect.memoLong : null };
    setFaults(found);
    const currency = addressOf(theCurrency().contract);
    if (parsed.fault || isLong || !currency) return;
    setBusy(true);
    try {
      const [now, fromBlock] = await Promise.all([now_s(), getBlockNumber(chain(), { cacheTime: 0 })]);
      const request = newRequest({
        chainId: theTown().chainId,
        currency,
        payee: session.account,
        amount_cents: parsed.cents,
        memo,
        before_s: now + VALID_S,
      });
      for (const ref of [requestHash(request), requestNonce(request)]) rememberMemo(ref, memo);
      forget();
      show({ request, fromBlock });
    } catch {
      setBusy(false); // the shell says that the network does not answer
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void ask(parseAmount(draft.amount));
      }}
    >
      <AmountField value={draft.amount} onValue={(amount) => change({ amount })} fault={faults.amount} />
      <TextField
        label={w.collect.memo}
        hint={w.collect.memoHint}
        optional
        value={draft.memo}
        onValue={(memo) => change({ memo })}
        fault={faults.memo}
        input={{ autocomplete: "off" }}
      />
      <Button type="submit" wide busy={isBusy}>
        {w.collect.show}
      </Button>
    </form>
  );
}

function Waiting({ shown: { request, fromBlock }, close }: { shown: Shown; close: () => void }) {
  const w = money().collect;
  const found = useRead(() => receiptsOf(request, fromBlock), [head.value?.number]);
  const receipts = found.value ?? [];
  const isPaid = receipts.length > 0;
  useEffect(() => (isPaid ? undefined : hurry()), [isPaid]);
  if (isPaid) return <Paid receipts={receipts} request={request} close={close} />;
  const amount = formatAmount(request.amount_cents);
  const uri = requestUri(request);
  return (
    <section class="asking">
      <p class="balance">{amount}</p>
      {request.memo && <p class="lead">{request.memo}</p>}
      <QrCode text={uri} label={w.code(amount)} />
      <Loading what={w.waiting} />
      <p class="hint">{w.expires(formatMoment(request.before_s))}</p>
      {found.problem && (
        <Notice tone="warn">
          <p>
            <ProblemText problem={found.problem} />
          </p>
        </Notice>
      )}
      <div class="actions">
        <Copy text={uri} label={w.copyLink} />
        <Button look="secondary" onClick={close}>
          {w.cancel}
        </Button>
      </div>
    </section>
  );
}

interface PaidProps {
  receipts: readonly Receipt[];
  request: PaymentRequest;
  close: () => void;
}

/** Who paid: a stranger's payment is told as his, and the customer at the till may pay still. */
function Paid({ receipts, request, close }: PaidProps) {
  const w = money().collect;
  return (
    <section class="paid" role="status">
      <span class="tick" aria-hidden="true" />
      <p class="balance">{w.paid(formatAmount(request.amount_cents * BigInt(receipts.length)))}</p>
      {receipts.map(({ from }) => (
        <p key={from} class="lead">
          {w.from(nameOf(from))}
        </p>
      ))}
      <Button wide onClick={close}>
        {w.next}
      </Button>
      <details>
        <summary>{w.anotherPays}</summary>
        <QrCode text={requestUri(request)} label={w.code(formatAmount(request.amount_cents))} />
      </details>
    </section>
  );
}

function Today({ session }: { session: Session }) {
  const w = money();
  const read = useRead(() => historyOf(session.account), [session.account, head.value?.number]);
  const today = head.value && dayOf(head.value.timestamp_s);
  const received = (read.value?.movements ?? []).filter((it) => it.nature === "received" && dayOf(it.at_s) === today);
  const sum = received.reduce((total, it) => total + it.change_cents, 0n);
  return (
    <section>
      <h2>
        {w.collect.today} : {formatAmount(sum)}
      </h2>
      <Movements movements={received.slice(-10).reverse()} />
    </section>
  );
}

function OwnAddress({ session }: { session: Session }) {
  const w = money().collect;
  return (
    <details>
      <summary>{w.anyAmount}</summary>
      <div class="asking">
        <QrCode text={`ethereum:${session.account}@${theTown().chainId}`} label={w.addressCode} />
        <p>
          <Address address={session.account} full copy />
        </p>
      </div>
    </details>
  );
}
