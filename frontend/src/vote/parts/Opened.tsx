import type { Address } from "viem";
import type { Opening } from "../ballot/ballot";
import { fromHex } from "../ballot/bytes";
import { openedText } from "../ballot/opened";
import type { Choice } from "../ballot/questions";
import type { Subject } from "../ballot/subject";
import type { Sealed } from "../booth/jobs";
import type { Poll } from "../booth/polls";
import { download } from "../booth/receipts";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { ballot } from "../words/ballot";
import { contents } from "./contents";
import { Print } from "./Print";

interface Props {
  poll: Poll;
  subject: Subject;
  account: Address;
  sealed: Sealed;
  seq: number;
  opening: Opening;
  holds: boolean;
  content: Choice;
  again: () => void;
}

/** A ballot opened instead of cast: what it held, and its secrets for another computer. */
export function Opened({ poll, subject, account, sealed, seq, opening, holds, content, again }: Props) {
  const w = ballot().opened;
  const text = openedText(sealed.madeFor, fromHex(account), seq, sealed, opening);
  return (
    <div class="stack">
      <Notice tone={holds ? "good" : "bad"} title={w.title}>
        <p>{holds ? w.holds : w.lies}</p>
        <Print hash={sealed.hash} />
      </Notice>
      <h3>{w.contained}</h3>
      <ul class="contents">
        {contents(subject, content).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <details class="more">
        <summary>{w.secrets}</summary>
        <pre tabIndex={0}>{text}</pre>
        <Button look="secondary" onClick={() => download(`bulletin-ouvert-${poll.number}.json`, text)}>
          {w.download}
        </Button>
      </details>
      <Button wide onClick={again}>
        {w.again}
      </Button>
    </div>
  );
}
