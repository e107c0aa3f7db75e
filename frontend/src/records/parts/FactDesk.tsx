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
import { clock_s } from "../clock";
import { type FactAct, factActText, readFactAct } from "../fact/act";
import { isSame } from "../fact/fact";
import { shownText } from "../fact/told";
import { signFactAct } from "../flows/fact";
import { refusalTold } from "../told";
import { facts } from "../words/facts";
import { FileDrop } from "./FileDrop";

/** In which it may be posted: for longer, whoever holds it could wait until it suits. */
const MOST_S = 365 * 86_400;

/** An act that an issuer was handed as a file: read, signed, handed back; sent to nobody. */
export function FactDesk() {
  const w = facts().desk;
  const [act, setAct] = useState<FactAct | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const read = async (text: string): Promise<void> => {
    setAct(null);
    setFault(null);
    try {
      const found = readFactAct(text);
      if (!isOfTheseFacts(found)) setFault(w.otherTown);
      else if (found.deadline > (await clock_s()) + MOST_S) setFault(w.tooLong);
      else setAct(found);
    } catch (error) {
      setFault(refusalTold(error));
    }
  };
  return (
    <section class="stack">
      <h2>{w.title}</h2>
      <p>{w.lead}</p>
      <FileDrop label={w.file} hint={w.drop} onText={(text) => void read(text)} />
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
          [w.quorum, w.quorumOf(act.fact.m, act.fact.issuers.length)],
          [w.issuers, act.fact.issuers.map(nameOf).join(", ")],
          [w.desk.until, formatMoment(act.deadline)],
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
