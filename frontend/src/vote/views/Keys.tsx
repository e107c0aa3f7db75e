import { useState } from "preact/hooks";
import { isAddressEqual } from "viem";
import { type Ceremony, type Phase, readCeremonies } from "../booth/ceremonies";
import { hear, type Heard } from "../booth/heard";
import { head } from "../../chain/head";
import { advancing } from "../flows/ceremony";
import { useAct } from "../../acts/useAct";
import { Address } from "../../parts/Address";
import { Button, ButtonLink } from "../../parts/Button";
import { Copy } from "../../parts/Copy";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Table } from "../../parts/Table";
import { link } from "../../router";
import "../../style/ballot.css";
import { session } from "../../wallet/session";
import { holds } from "../../wallet/who";
import { keys } from "../words/keys";
import { formatMoment } from "../../words/format";
import { type Told, TrusteeStep } from "../parts/TrusteeStep";

/** The keys in the making: where each ceremony stands, who is expected, what a trustee does now. */
export default function Keys() {
  const w = keys();
  const read = useRead(async () => Promise.all((await readCeremonies()).map(hear)), [head.value?.number]);
  return (
    <Page title={w.title} lead={w.lead}>
      <Reading read={read}>
        {(ceremonies) =>
          ceremonies.length ? (
            ceremonies.map((ceremony) => <CeremonyCard key={ceremony.number} ceremony={ceremony} />)
          ) : (
            <p>{w.none}</p>
          )
        }
      </Reading>
      {holds("returningOfficer") && (
        <ButtonLink look="secondary" href={link("/desk/key")}>
          {w.call}
        </ButtonLink>
      )}
    </Page>
  );
}

function CeremonyCard({ ceremony }: { ceremony: Heard }) {
  const w = keys();
  const { number, phase, endsAt_s, needed, trustees, isBelieved } = ceremony;
  const isOver = phase === "ready" || phase === "failed";
  const look = phase === "ready" ? "badge good" : phase === "failed" ? "badge bad" : "badge";
  return (
    <section class="card">
      <h2>{w.name(number)}</h2>
      <p class="poll-state">
        <span class={look}>{w.phases[phase]}</span>
        {!isOver && <span class="hint">{w.until(formatMoment(endsAt_s))}</span>}
      </p>
      {!isBelieved && <Notice tone="bad" live={false} title={w.unsigned} />}
      <p>{w.needed(needed, trustees.length)}</p>
      <Mine key={session.value?.account} ceremony={ceremony} />
      <details class="more" open={!isOver}>
        <summary>{w.trustees}</summary>
        <Table
          caption={w.trusteesOf(number)}
          columns={[
            { name: w.trustee, cell: ({ account }) => <Address address={account} /> },
            {
              name: w.state,
              cell: ({ told, shown }) =>
                shown.isExcluded ? (
                  <span class="badge bad">{w.excluded}</span>
                ) : shown.hasActed ? (
                  <span class="badge good">✓ {w.acted}</span>
                ) : told.isExcluded || told.hasActed ? (
                  <span class="badge bad">{w.claimed(told.isExcluded ? w.excluded : w.acted)}</span>
                ) : (
                  <span class="badge">{w.awaited}</span>
                ),
            },
          ]}
          rows={trustees}
        />
      </details>
      {!isOver && endsAt_s <= (head.value?.timestamp_s ?? 0) && <Advance ceremony={ceremony} />}
    </section>
  );
}

/** What the connected trustee does now: here with her key file, or by the same command at each step. */
function Mine({ ceremony }: { ceremony: Heard }) {
  const w = keys();
  const { number, phase, trustees } = ceremony;
  const account = session.value?.account;
  const me = account && trustees.find((trustee) => isAddressEqual(trustee.account, account));
  const act = useAct();
  // What she did or found, also when the phase ended by it.
  const [told, setTold] = useState<(Told & { phase: Phase }) | null>(null);
  if (!me || !account) return null;
  if (me.shown.isExcluded) return <Notice tone="bad" live={false} title={w.excluded} />;
  const isOver = phase === "ready" || phase === "failed";
  const hasActed = me.shown.hasActed && phase !== "complaints";
  const hasChecked = told?.isAll && told.phase === phase;
  const command = `ape run vote ceremony step ${number} KEYFILE --account ALIAS`;
  return (
    <>
      <Progress act={act} done={told && <p class="notice-title">{told.text}</p>} />
      {told && !told.isSent && <Notice tone={told.isAll ? "good" : "warn"} title={told.text} />}
      {hasActed && !isOver && <Notice tone="good" live={false} title={w.nothing} />}
      {!isOver && !hasActed && !hasChecked && (
        <section class="stack">
          <h3>{w.yourTurn}</h3>
          <p>{w.toDo[phase as keyof typeof w.toDo]}</p>
          <TrusteeStep
            key={phase}
            ceremony={ceremony}
            account={account}
            act={act}
            onTold={(found) => setTold(found && { ...found, phase })}
          />
          <details class="more">
            <summary>{w.terminal}</summary>
            <p class="print">
              <code>{command}</code>
              <Copy text={command} label={w.command} />
            </p>
            <p class="hint">{w.sameCommand}</p>
          </details>
        </section>
      )}
    </>
  );
}

function Advance({ ceremony }: { ceremony: Ceremony }) {
  const w = keys();
  const act = useAct();
  if (!session.value) return null;
  return (
    <>
      <Button look="secondary" busy={act.isBusy} onClick={() => void act.direct(() => advancing(ceremony))}>
        {w.advance}
      </Button>
      <p class="hint">{w.advanceNote}</p>
      <Progress act={act} />
    </>
  );
}
