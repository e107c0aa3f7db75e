import { useMemo } from "preact/hooks";
import { addressOf } from "../../chain/client";
import { head } from "../../chain/head";
import { isUsed, pay } from "../flows/pay";
import { useAct } from "../../acts/useAct";
import { rememberMemo } from "../memos";
import { FOREVER, type PaymentRequest, RequestError, parseRequest, requestNonce } from "../request";
import { Address, nameOf } from "../../parts/Address";
import { Button, ButtonLink } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { SaveContact } from "../parts/SaveContact";
import { Facts } from "../../parts/Table";
import { useRead } from "../../parts/read";
import { link, query } from "../../router";
import "../../style/money.css";
import { theTown } from "../../town/folder";
import type { Session } from "../../wallet/session";
import { who } from "../../wallet/who";
import { formatAmount, formatMoment } from "../../words/format";
import { theCurrency } from "../../town/currency";
import { pageOf } from "../pages";
import { money } from "../words/money";

type Parsed =
  { request: PaymentRequest; fault: null } | { request: null; fault: "unreadable" | "forged" | "otherTown" };

function read(uri: string): Parsed {
  try {
    const request = parseRequest(uri);
    const isOurs = request.chainId === theTown().chainId && request.currency === addressOf(theCurrency().contract);
    return isOurs ? { request, fault: null } : { request: null, fault: "otherTown" };
  } catch (error) {
    return { request: null, fault: error instanceof RequestError ? error.fault : "unreadable" };
  }
}

export default function PayRequest() {
  const uri = query.value.get("uri") ?? "";
  const { request, fault } = useMemo(() => read(uri), [uri]);
  const w = money().request;
  return (
    <Page title={w.title}>
      {fault ? (
        <Notice tone="bad">
          <p>{w[fault]}</p>
          <ButtonLink look="secondary" href={link(pageOf("/scan"))}>
            {money().scanAction}
          </ButtonLink>
        </Notice>
      ) : (
        <>
          <p class="lead">{w.lead(nameOf(request.payee))}</p>
          <p class="balance">{formatAmount(request.amount_cents)}</p>
          <Facts
            facts={[
              ...(request.memo ? ([[w.memo, request.memo]] as const) : []),
              [money().pay.signing.to, <Address address={request.payee} full />],
              ...(request.before_s === FOREVER ? [] : ([[w.until, formatMoment(request.before_s)]] as const)),
            ]}
          />
          <NeedsWallet>
            {(session) => <Accept key={requestNonce(request)} session={session} request={request} />}
          </NeedsWallet>
        </>
      )}
    </Page>
  );
}

function Accept({ session, request }: { session: Session; request: PaymentRequest }) {
  const w = money();
  const act = useAct();
  const nonce = requestNonce(request);
  const used = useRead(() => isUsed(session.account, nonce), [session.account, nonce]);
  const balance = who.value?.balance_cents;
  const at = act.state.value.at;
  const isLate = head.value !== null && BigInt(head.value.timestamp_s) >= request.before_s;

  if (session.account === request.payee) return <Notice tone="warn">{w.request.own}</Notice>;
  if (at === "ready" && used.value) return <Notice tone="warn">{w.request.paid}</Notice>;
  if (at === "ready" && isLate) return <Notice tone="warn">{w.request.expired}</Notice>;
  if (at === "ready" && balance !== undefined && balance < request.amount_cents) {
    return <Notice tone="warn">{w.tooMuch(formatAmount(balance))}</Notice>;
  }
  const accept = (): void => {
    rememberMemo(nonce, request.memo);
    const { payee: to, amount_cents, before_s } = request;
    void act.slip((payer) =>
      pay(payer, { to, amount_cents, reference: nonce, before_s, ...(request.memo ? { memo: request.memo } : {}) }),
    );
  };
  return (
    <>
      <Progress
        act={act}
        done={<p class="notice-title">{w.pay.done(formatAmount(request.amount_cents), nameOf(request.payee))}</p>}
      />
      {at === "done" ? (
        <>
          <SaveContact address={request.payee} />
          <ButtonLink look="secondary" href={link(pageOf(""))}>
            {w.title}
          </ButtonLink>
        </>
      ) : (
        <Button wide busy={act.isBusy} onClick={accept}>
          {w.request.pay(formatAmount(request.amount_cents))}
        </Button>
      )}
    </>
  );
}
