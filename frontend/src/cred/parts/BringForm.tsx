import { useState } from "preact/hooks";
import { type Hex, keccak256 } from "viem";
import type { SlipAct } from "../../acts/act";
import { type About, amendment, counterEvidence, type Document, evidence, textDocument } from "../flows/cred";
import { useAct } from "../../acts/useAct";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { FileChoice } from "../../parts/FileChoice";
import { Progress } from "../../parts/Progress";
import { useDraft } from "../../store/draft";
import { texts } from "../../store/schema";
import { cred } from "../words/cred";

const EMPTY = { text: "", address: "" };

type Kind = "evidence" | "counterEvidence" | "amendment";

const FLOWS: Record<Kind, (account: `0x${string}`, about: About, document: Document) => Promise<SlipAct>> = {
  evidence: (_, about, document) => evidence(about, document),
  amendment: (_, about, document) => amendment(about, document),
  counterEvidence,
};

/** What the post office takes as an address. */
const LONGEST_URI = 2_048;

/** A text, or the address and fingerprint of a document, added to a promise. */
export function BringForm({ kind, about }: { kind: Kind; about: About }) {
  const w = cred().bring;
  const act = useAct();
  const [draft, change, forget] = useDraft(`cred/${kind}/${about.mandate}/${about.promise}`, texts(EMPTY), EMPTY);
  const [hash, setHash] = useState<Hex | null>(null);
  const [fault, setFault] = useState<{ text?: string; address?: string }>({});
  const notes = { evidence: w.evidenceNote, counterEvidence: w.counterNote, amendment: w.amendmentNote };

  const print = async (file: File | null): Promise<void> => {
    setHash(null);
    if (file) setHash(keccak256(new Uint8Array(await file.arrayBuffer())));
  };
  const documentOf = (): Document | null => {
    const [text, address] = [draft.text.trim(), draft.address.trim()];
    setFault({});
    if (address || hash) {
      if (/^https:\/\/.+/.test(address) && hash) return { uri: address, hash };
      setFault({ address: hash ? w.addressWrong : w.empty });
      return null;
    }
    const document = text ? textDocument(text) : null;
    if (document && document.uri.length <= LONGEST_URI) return document;
    setFault({ text: document ? w.tooLong : w.empty });
    return null;
  };
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const document = documentOf();
    if (!document || act.isBusy) return;
    await act.slip((account) => FLOWS[kind](account, about, document));
    if (act.state.peek().at === "done") forget();
  };
  return (
    <details class="card more">
      <summary>{w[kind]}</summary>
      <form class="stack" noValidate onSubmit={(event) => void send(event)}>
        <p>{notes[kind]}</p>
        <TextField
          label={w.text}
          hint={w.textHint}
          value={draft.text}
          onValue={(text) => change({ text })}
          fault={fault.text}
          multiline
          optional
        />
        <fieldset class="choice">
          <legend>{w.orDocument}</legend>
          <TextField
            label={w.address}
            hint={w.addressHint}
            value={draft.address}
            onValue={(address) => change({ address })}
            fault={fault.address}
            input={{ type: "url", inputMode: "url" }}
            optional
          />
          <FileChoice label={w.file} onFile={(file) => void print(file)} />
        </fieldset>
        <Button type="submit" wide busy={act.isBusy}>
          {w.sign}
        </Button>
        <Progress act={act} done={<p class="notice-title">{w.done}</p>} />
      </form>
    </details>
  );
}
