import type { Address as Account } from "viem";
import { useState } from "preact/hooks";
import { type Problem, problemOf } from "../../chain/problem";
import { download } from "../../csv";
import { nameOf } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { Facts } from "../../parts/Table";
import { formatMoment } from "../../words/format";
import { isOfTheseFacts } from "../chain/facts";
import { type FactAct, factActText, readFactAct } from "../fact/act";
import { isSame } from "../fact/fact";
import { shownText } from "../fact/told";
import { signFactAct } from "../flows/fact";
import { refusalTold } from "../told";
import { facts } from "../words/facts";
import { FileDrop } from "./FileDrop";

/** An act that an issuer was handed as a file: read, signed, handed back; sent to nobody. */
export function FactDesk() {
  const w = facts().desk;
  const [act, setAct] = useState<FactAct | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const read = (text: string): void => {
    setAct(null);
    setFault(null);
    try {
      const found = readFactAct(text);
      if (isOfTheseFacts(found)) setAct(found);
      else setFault(w.otherTown);
    } catch (error) {
      setFault(refusalTold(error));
    }
  };
  return (
    <section class="stack">
      <h2>{w.title}</h2>
      <p>{w.lead}</p>
      <FileDrop label={w.file} hint={w.drop} onText={read} />
      {fault && (
        <Notice tone="bad">
          <p>{fault}</p>
        </Notice>
      )}
      {act && <Said act={act} />}
      {act && <NeedsWallet>{({ account }) => <Sign key={account} act={act} account={account} />}</NeedsWallet>}
    </section>
  );
}

function Said({ act }: { act: FactAct }) {
  const w = facts();
  const signers = Object.keys(act.signatures) as Account[];
  return (
    <>
      <h3>{act.fact.name}</h3>
      <Facts
        facts={[
          [w.number, act.number],
          [w.value, shownText(act) ?? w.withdrawn],
          ...(act.at === null ? [] : ([[w.at, formatMoment(act.at)]] as const)),
          [w.source, <span class="nonce">{act.source}</span>],
          [w.desk.signedBy, signers.length > 0 ? signers.map(nameOf).join(", ") : w.desk.nobody],
        ]}
      />
    </>
  );
}

function Sign({ act, account }: { act: FactAct; account: Account }) {
  const w = facts().desk;
  const [signed, setSigned] = useState<FactAct | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!act.fact.issuers.some((it) => isSame(it, account))) {
    return (
      <Notice tone="bad">
        <p>{w.stranger}</p>
      </Notice>
    );
  }
  const sign = async (): Promise<void> => {
    setProblem(null);
    try {
      setSigned(await signFactAct(act, account));
    } catch (error) {
      setProblem(await problemOf(error));
    }
  };
  if (signed) {
    const save = (): void => download(w.name(act.fact.name, act.number), factActText(signed), "application/json");
    return (
      <>
        <Notice tone="good">
          <p>{w.done(Object.keys(signed.signatures).length, act.fact.m)}</p>
        </Notice>
        <Button onClick={save}>{w.save}</Button>
      </>
    );
  }
  return (
    <>
      {problem && (
        <Notice tone={problem.kind === "declined" ? "warn" : "bad"}>
          <p>
            <ProblemText problem={problem} />
          </p>
        </Notice>
      )}
      <Button wide onClick={() => void sign()}>
        {w.sign}
      </Button>
    </>
  );
}
