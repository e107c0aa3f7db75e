import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { CodeReader, prepareCodeReader } from "../../parts/CodeReader";
import { Copy } from "../../parts/Copy";
import { TextField } from "../../parts/Field";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { QrCode } from "../../parts/QrCode";
import { useDraft } from "../../store/draft";
import { texts } from "../../store/schema";
import "../../style/records.css";
import { random, toHex } from "../../vote/ballot/bytes";
import { clock_s } from "../clock";
import { type Checked, checked } from "../flows/check";
import { readShowing } from "../paper/files";
import { Frames, askText } from "../paper/frames";
import type { Ask } from "../paper/showing";
import { FileDrop } from "../parts/FileDrop";
import { Verdict } from "../parts/Verdict";
import { published } from "../published";
import { refusalTold } from "../told";
import { papers } from "../words/papers";

const newNonce = () => toHex(random(32));

/** One's own question, and what somebody shows for it. */
export default function Check() {
  const w = papers().check;
  const [{ you }, change] = useDraft("papers/check", texts({ you: "" }), { you: "" });
  const [nonce, setNonce] = useState(newNonce);
  const [found, setFound] = useState<Checked | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const ask: Ask = { verifier: you.trim(), nonce };
  // All that is needed is fetched while there is a network.
  useEffect(() => {
    void prepareCodeReader().catch(() => {});
    void published().catch(() => {});
  }, []);

  const take = async (text: string): Promise<void> => {
    setFault(null);
    setFound(null);
    try {
      setFound(await checked(readShowing(text), ask, await clock_s()));
    } catch (error) {
      setFault(refusalTold(error));
    }
  };
  const another = (): void => {
    setNonce(newNonce());
    setFound(null);
    setFault(null);
  };

  return (
    <Page title={w.title} lead={w.lead}>
      <TextField label={w.you} hint={w.youHint} value={you} onValue={(name) => change({ you: name })} />
      {ask.verifier && (
        <>
          <Question ask={ask} another={another} />
          <h2>{w.shown}</h2>
          <FileDrop label={w.file} hint={papers().list.drop} onText={(text) => void take(text)} />
          <Scan onText={(text) => void take(text)} />
        </>
      )}
      {fault && (
        <Notice tone="bad" title={w.bad}>
          <p>{fault}</p>
        </Notice>
      )}
      {found && <Verdict key={found.showing.signature} found={found} onGood={() => setNonce(newNonce())} />}
      <p class="hint">{papers().limit}</p>
    </Page>
  );
}

function Question({ ask, another }: { ask: Ask; another: () => void }) {
  const w = papers().check;
  const text = askText(ask.verifier, ask.nonce);
  return (
    <div class="frames">
      <QrCode text={text} label={w.askCode} />
      <p class="nonce">
        <span class="hint">{w.ask} :</span> <code data-testid="nonce">{ask.nonce}</code>{" "}
        <Copy text={text} label={w.copy} />
      </p>
      <Button look="secondary" onClick={another}>
        {w.another}
      </Button>
      <p class="hint">{w.once}</p>
    </div>
  );
}

/** Codes, until their parts make a text. */
function Scan({ onText }: { onText: (text: string) => void }) {
  const w = papers().check;
  const frames = useRef(new Frames());
  const [isOpen, setOpen] = useState(false);
  const [progress, setProgress] = useState<readonly [number, number] | null>(null);
  const [isOther, setOther] = useState(false);
  const open = (): void => {
    frames.current = new Frames();
    setProgress(null);
    setOther(false);
    setOpen(!isOpen);
  };
  const take = (code: string): boolean => {
    const isPart = frames.current.take(code);
    setOther(!isPart);
    if (!isPart) return false;
    const [have, of] = frames.current.progress;
    setProgress([have, of]);
    if (have < of) return false;
    setOpen(false);
    void frames.current.text().then((text) => onText(text ?? ""));
    return true;
  };
  return (
    <>
      <Button look="secondary" onClick={open}>
        {isOpen ? w.stop : w.scan}
      </Button>
      {isOpen && <CodeReader onCode={take} />}
      {progress && (
        <p role="status" class="hint">
          {w.progress(...progress)}
        </p>
      )}
      {isOther && (
        <Notice tone="bad">
          <p>{w.notPart}</p>
        </Notice>
      )}
    </>
  );
}
