import type { EIP6963ProviderDetail } from "mipd";
import { useState } from "preact/hooks";
import { theChain } from "../../chain/client";
import { type Problem, problemOf } from "../../chain/problem";
import { Address } from "../../parts/Address";
import { Button, ButtonLink } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { ProblemText } from "../../parts/Problem";
import { Facts } from "../../parts/Table";
import { WrongChain } from "../parts/WrongChain";
import { hasOffice } from "../../post/client";
import { link } from "../../router";
import { type Session, connect, disconnect, isDemo, isWrongChain, session, wallets } from "../../wallet/session";
import { seatName } from "../../wallet/seat";
import { type Who, who } from "../../wallet/who";
import { sign as money } from "../../money/words/sign";
import { core } from "../../words/core";
import { formatAmount } from "../../words/format";

export default function Wallet() {
  const w = core().wallet;
  const current = session.value;
  return (
    <Page title={w.title} lead={w.lead}>
      {current ? <Connected current={current} /> : <Choices />}
      <p class="hint">{hasOffice() ? w.fees : w.feesAlone}</p>
    </Page>
  );
}

function Connected({ current }: { current: Session }) {
  const w = core().wallet;
  const known = who.value;
  return (
    <>
      {isWrongChain.value && <WrongChain />}
      <section class="card">
        <h2 class="with-icon">
          <img src={current.info.icon} alt="" width="32" height="32" /> {current.info.name}
          {isDemo(current.info) && <span class="badge">{w.toy}</span>}
        </h2>
        <Facts
          facts={[
            [w.account, <Address address={current.account} full copy />],
            [w.network, theChain().name],
            ...(known ? ([[w.status, standing(known)]] as const) : []),
            ...(known && known.kind !== "none" ? ([[money().name, formatAmount(known.balance_cents)]] as const) : []),
          ]}
        />
      </section>
      {known?.kind === "none" && known.offices.size === 0 && (
        <Notice tone="warn">
          <p>{w.notEnrolled}</p>
          <p>
            <Address address={known.account} full copy />
          </p>
        </Notice>
      )}
      <Button look="secondary" onClick={disconnect}>
        {w.disconnect}
      </Button>
      <details class="others">
        <summary>{w.other}</summary>
        <Choices />
      </details>
    </>
  );
}

function standing({ kind, seats, isSuspended, isFrozen }: Who): string {
  const w = core().wallet;
  const held = seats.map(seatName);
  const all = kind === "none" && held.length > 0 ? held : [w.kinds[kind], ...held];
  if (isSuspended) all.push(w.suspended);
  if (isFrozen) all.push(w.frozen);
  return all.join(", ");
}

function Choices() {
  const w = core().wallet;
  const real = wallets.value.filter((detail) => !isDemo(detail.info));
  const toys = wallets.value.filter((detail) => isDemo(detail.info));
  const own = (
    <section key="own">
      <h2>{w.choose}</h2>
      {real.length === 0 && (
        <>
          <p>{w.none}</p>
          <p>{w.noneHelp}</p>
          <ButtonLink look="secondary" href={link("/help")}>
            {w.howTo}
          </ButtonLink>
        </>
      )}
      <List details={real} />
    </section>
  );
  const play = toys.length > 0 && (
    <section key="toys">
      <h2>{w.toys}</h2>
      <p class="hint">{w.toysNote}</p>
      <List details={toys} />
    </section>
  );
  return real.length === 0 ? [play, own] : [own, play];
}

function List({ details }: { details: readonly EIP6963ProviderDetail[] }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const choose = async (detail: EIP6963ProviderDetail): Promise<void> => {
    setProblem(null);
    await connect(detail).catch(async (error: unknown) => setProblem(await problemOf(error)));
  };
  return (
    <>
      <ul class="wallets">
        {details.map((detail) => (
          <li key={detail.info.uuid}>
            <button type="button" class="wallet" onClick={() => void choose(detail)}>
              <img src={detail.info.icon} alt="" width="36" height="36" />
              <span>{detail.info.name}</span>
              {isDemo(detail.info) && <span class="badge">{core().wallet.toy}</span>}
            </button>
          </li>
        ))}
      </ul>
      {problem && (
        <Notice tone="bad" title={core().wallet.refused}>
          <p>
            <ProblemText problem={problem} />
          </p>
        </Notice>
      )}
    </>
  );
}
