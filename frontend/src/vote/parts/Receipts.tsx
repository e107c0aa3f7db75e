import { useState } from "preact/hooks";
import { toHex } from "../ballot/bytes";
import { isOpened, type OpenedBallot, OpenedError, parseOpened } from "../ballot/opened";
import { type Fate, parseReceipt, type Receipt, ReceiptError, receiptText } from "../ballot/receipt";
import { booth } from "../booth/booth";
import type { Poll } from "../booth/polls";
import { download, receiptsOf } from "../booth/receipts";
import { addressOf } from "../../chain/client";
import { type Problem, problemOf } from "../../chain/problem";
import { Button } from "../../parts/Button";
import { FileChoice } from "../../parts/FileChoice";
import { Loading } from "../../parts/Loading";
import { Notice } from "../../parts/Notice";
import { ProblemText } from "../../parts/Problem";
import { theTown } from "../../town/folder";
import { session } from "../../wallet/session";
import { ballot } from "../words/ballot";
import { OpenedCard } from "./OpenedCard";
import { Print } from "./Print";

/** What this browser kept of one's ballots, and a way to check a receipt that was kept elsewhere. */
export function Receipts({ poll }: { poll: Poll }) {
  const w = ballot().receipts;
  const [given, setGiven] = useState<Receipt | OpenedBallot | null>(null);
  // How many were handed over: what was found of one is not said of the next.
  const [files, setFiles] = useState(0);
  const [fault, setFault] = useState<string | null>(null);
  const account = session.value?.account;
  const kept = account ? receiptsOf(poll.number, account) : [];
  const take = async (file: File | null): Promise<void> => {
    setGiven(null);
    setFault(null);
    if (!file) return;
    const text = await file.text();
    setFiles((count) => count + 1);
    try {
      const found = isOpened(text) ? parseOpened(text) : parseReceipt(text);
      if (isOf(found, poll)) setGiven(found);
      else setFault(w.otherVote);
    } catch (error) {
      if (!(error instanceof ReceiptError || error instanceof OpenedError)) throw error;
      setFault(w.notReceipt);
    }
  };
  return (
    <section>
      <h2>{w.title}</h2>
      {kept.length === 0 && <p class="hint">{w.none}</p>}
      {kept.map((receipt) => (
        <ReceiptCard key={toHex(receipt.ballotHash)} receipt={receipt} />
      ))}
      {given && <Given key={files} poll={poll} given={given} />}
      <details class="more">
        <summary>{w.file}</summary>
        <FileChoice label={w.file} accept="application/json,.json" fault={fault} onFile={(file) => void take(file)} />
      </details>
    </section>
  );
}

function Given({ poll, given }: { poll: Poll; given: Receipt | OpenedBallot }) {
  return "opening" in given ? <OpenedCard poll={poll} opened={given} /> : <ReceiptCard receipt={given} />;
}

function isOf({ chainId, consultations, consultation }: Receipt | OpenedBallot, poll: Poll): boolean {
  const contract = addressOf("Consultations")?.toLowerCase();
  return consultation === poll.number && chainId === theTown().chainId && toHex(consultations) === contract;
}

type Checked = { at: "idle" } | { at: "checking" } | { at: "known"; fate: Fate } | { at: "failed"; problem: Problem };

function ReceiptCard({ receipt }: { receipt: Receipt }) {
  const w = ballot().receipts;
  const [checked, setChecked] = useState<Checked>({ at: "idle" });
  const check = async (): Promise<void> => {
    setChecked({ at: "checking" });
    try {
      setChecked({ at: "known", fate: await booth().ask("fate", receipt) });
    } catch (error) {
      setChecked({ at: "failed", problem: await problemOf(error) });
    }
  };
  return (
    <article class="card stack">
      <h3>{receipt.seq ? w.next(receipt.seq) : w.first}</h3>
      <Print hash={receipt.ballotHash} />
      {checked.at === "checking" && <Loading what={w.checking} />}
      {checked.at === "known" && <Outcome fate={checked.fate} />}
      {checked.at === "failed" && (
        <Notice tone="bad">
          <ProblemText problem={checked.problem} />
        </Notice>
      )}
      <div class="actions">
        <Button look="secondary" busy={checked.at === "checking"} onClick={() => void check()}>
          {w.check}
        </Button>
        <Button
          look="quiet"
          onClick={() =>
            download(`recu-consultation-${receipt.consultation}-${receipt.seq + 1}.json`, receiptText(receipt))
          }
        >
          {w.download}
        </Button>
      </div>
    </article>
  );
}

function Outcome({ fate }: { fate: Fate }) {
  const w = ballot().receipts;
  switch (fate.fate) {
    case "counted":
      return <Notice tone="good" title={w.counted(fate.batch)} />;
    case "replaced":
      return <Notice title={w.replaced(fate.batch)} />;
    case "refused":
      return <Notice tone="bad" title={w.refused[fate.reason]} />;
    case "absent":
      return <Notice tone="warn" title={w.absent} />;
  }
}
