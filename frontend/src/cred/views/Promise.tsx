import { type Address as Account, isAddressEqual } from "viem";
import { head } from "../../chain/head";
import { useActsFor } from "../acting";
import { type Added, type Mandate, type Promised, readMandate } from "../history";
import type { About } from "../flows/cred";
import { Address, nameOf } from "../../parts/Address";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { useSticky } from "../../parts/sticky";
import { Facts } from "../../parts/Table";
import { link } from "../../router";
import type { ViewProps } from "../../route";
import "../../style/ballot.css";
import { session } from "../../wallet/session";
import { who } from "../../wallet/who";
import { cred } from "../words/cred";
import { formatDay, formatNumber, formatShare } from "../../words/format";
import { BringForm } from "../parts/BringForm";
import { findings } from "../parts/findings";
import { isFinal } from "../judging";
import { titleOf } from "../parts/names";
import { Verified } from "../parts/Verified";

/** One promise: its text, what was brought for and against it, and what one may add. */
export default function PromiseView({ parameters }: ViewProps) {
  const [mandate, number] = [Number(parameters["mandate"]), Number(parameters["promise"])];
  const read = useRead(() => readMandate(mandate), [mandate, head.value?.number]);
  const w = cred().promise;
  return (
    <Page title={w.title(number + 1)} lead={read.value ? w.of(nameOf(read.value.subject)) : undefined}>
      <Reading read={read}>
        {(found) => {
          const promise = found?.promises.find((it) => it.number === number);
          return found && promise ? <Told mandate={found} promise={promise} /> : <p>{w.missing}</p>;
        }}
      </Reading>
    </Page>
  );
}

function Told({ mandate, promise }: { mandate: Mandate; promise: Promised }) {
  const w = cred().promise;
  const { text, weight_bps, stake, dueAt_s, added } = promise;
  return (
    <>
      <section class="card">
        <p class="promise-text">{text.text ?? w.unknown}</p>
        <Verified text={text} />
      </section>
      <Facts
        facts={[
          [w.weight, formatShare(weight_bps / 10_000)],
          [w.stake, `${formatNumber(stake)} Cred`],
          [w.due, formatDay(dueAt_s)],
          ...findings(mandate, promise),
        ]}
      />
      <section>
        <h2>{w.added}</h2>
        {added.length === 0 && <p class="hint">{w.nothing}</p>}
        {added.map((it, place) => (
          <AddedCard key={place} added={it} />
        ))}
      </section>
      {!isFinal(promise) && <Forms mandate={mandate} promise={promise} />}
      <p>
        <a href={link(`/cred/${mandate.number}`)}>{titleOf(mandate.subject)}</a>
      </p>
    </>
  );
}

function AddedCard({ added: { kind, by, uri, text, at_s } }: { added: Added }) {
  const w = cred().promise;
  return (
    <article class="card promise">
      <h3>{w.kinds[kind]}</h3>
      <p class="hint">
        {formatDay(at_s)} {by && <Address address={by} />}
      </p>
      {text.text !== null && <p>{text.text}</p>}
      {/^https?:\/\//.test(uri) && (
        <p>
          <a href={uri} rel="noreferrer noopener" target="_blank">
            {w.openDocument}
          </a>
        </p>
      )}
      <Verified text={text} />
    </article>
  );
}

/** What the connected account may add; nothing that it may not is shown. */
function Forms({ mandate, promise }: { mandate: Mandate; promise: Promised }) {
  const account = session.value?.account;
  const isSubject = useActsFor(mandate.subject);
  if (!account || isSubject === null) return null;
  const about = {
    mandate: mandate.number,
    promise: promise.number,
    subject: mandate.subject,
    text: promise.text.text ?? "",
  };
  // Words are added to what is not judged yet, evidence to whatever is not judged for good.
  const isAmendable = promise.settled === null && !promise.isUnjudged;
  if (isSubject)
    return (
      <>
        <BringForm kind="evidence" about={about} />
        {isAmendable && <BringForm kind="amendment" about={about} />}
      </>
    );
  return <CounterForm account={account} promise={promise} about={about} />;
}

function CounterForm({ account, promise, about }: { account: Account; promise: Promised; about: About }) {
  const has = promise.added.some(({ by }) => by && isAddressEqual(by, account));
  const isResident = who.value !== null && who.value.kind !== "none" && !who.value.isSuspended;
  return useSticky(isResident && !has) ? <BringForm kind="counterEvidence" about={about} /> : null;
}
