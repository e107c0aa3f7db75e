import { useEffect, useState } from "preact/hooks";
import { type Problem, problemOf } from "../../chain/problem";
import { download } from "../../csv";
import { Button, ButtonLink } from "../../parts/Button";
import { CodeReader, prepareCodeReader } from "../../parts/CodeReader";
import { TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { ProblemText } from "../../parts/Problem";
import type { ViewProps } from "../../route";
import { link } from "../../router";
import { session } from "../../wallet/session";
import { type Made, shown } from "../flows/show";
import { paperOf } from "../kept";
import { showingLine, showingText } from "../paper/files";
import { MOST_FRAMES, framesOf, readAsk } from "../paper/frames";
import { NOBODY, type OwnPaper } from "../paper/paper";
import type { Ask } from "../paper/showing";
import { FramePlayer } from "../parts/FramePlayer";
import { PaperFacts } from "../parts/PaperFacts";
import { papers } from "../words/papers";

/** With its codes. */
interface Coded extends Made {
  frames: readonly string[];
}

/** Fields of a paper for one person's question: a file and codes, made without a network. */
export default function Show({ parameters }: ViewProps) {
  const w = papers();
  const own = paperOf(parameters["key"] ?? "");
  if (!own) {
    return (
      <Page title={w.show.title} lead={w.one.missing}>
        <ButtonLink href={link("/papers")}>{w.one.back}</ButtonLink>
      </Page>
    );
  }
  const form = <Showings own={own} />;
  return (
    <Page title={w.show.title} lead={w.show.lead}>
      <PaperFacts name={own.definition.name} paper={own.paper} />
      {own.paper.subject === NOBODY ? form : <NeedsWallet>{() => form}</NeedsWallet>}
    </Page>
  );
}

function Showings({ own }: { own: OwnPaper }) {
  const [made, setMade] = useState<Coded | null>(null);
  return made ? <Done made={made} again={() => setMade(null)} /> : <Form own={own} onMade={setMade} />;
}

function Form({ own, onMade }: { own: OwnPaper; onMade: (made: Coded) => void }) {
  const w = papers().show;
  const [ask, setAsk] = useState<{ verifier: string; nonce: string }>({ verifier: "", nonce: "" });
  const [fields, setFields] = useState<readonly string[]>([]);
  const [faults, setFaults] = useState<{ verifier?: string; nonce?: string }>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => void prepareCodeReader().catch(() => {}), []);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const found = readAskTyped(ask);
    setFaults({
      ...(ask.verifier.trim() ? {} : { verifier: w.askerFault }),
      ...(found.nonce ? {} : { nonce: w.nonceFault }),
    });
    if (!ask.verifier.trim() || !found.nonce) return;
    setBusy(true);
    setProblem(null);
    try {
      const inOrder = own.definition.fields.map(({ name }) => name).filter((name) => fields.includes(name));
      const asked: Ask = { verifier: found.verifier, nonce: found.nonce };
      const made = await shown(own, inOrder, asked, session.peek()?.account);
      onMade({ ...made, frames: await framesOf(showingLine(made.showing)) });
    } catch (error) {
      setProblem(await problemOf(error));
      setBusy(false);
    }
  };

  return (
    <form class="stack" onSubmit={(event) => void submit(event)} noValidate>
      <Asked ask={ask} setAsk={setAsk} faults={faults} />
      <fieldset class="choice">
        <legend>{w.fields}</legend>
        <p class="hint">{w.fieldsHint}</p>
        {own.definition.fields.map(({ name }, place) => (
          <label class="option" key={name}>
            <input
              type="checkbox"
              checked={fields.includes(name)}
              onChange={(event) =>
                setFields(event.currentTarget.checked ? [...fields, name] : fields.filter((other) => other !== name))
              }
            />
            <span>
              {name}
              <span class="hint">{own.values[place] ?? papers().unsaid}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {fields.length === 0 && <p class="hint">{w.none}</p>}
      <p class="hint">{papers().linkable}</p>
      {problem && (
        <Notice tone={problem.kind === "declined" ? "warn" : "bad"}>
          <p>
            <ProblemText problem={problem} />
          </p>
        </Notice>
      )}
      <Button type="submit" wide busy={isBusy}>
        {own.paper.subject === NOBODY ? w.submitNobody : w.submit}
      </Button>
    </form>
  );
}

function readAskTyped({ verifier, nonce }: { verifier: string; nonce: string }) {
  const written = nonce.trim().toLowerCase();
  const isOne = /^0x[0-9a-f]{64}$/.test(written);
  return { verifier: verifier.trim(), nonce: isOne ? (written as `0x${string}`) : null };
}

/** Whose question it is: typed, or read from her code. */
function Asked({
  ask,
  setAsk,
  faults,
}: {
  ask: { verifier: string; nonce: string };
  setAsk: (ask: { verifier: string; nonce: string }) => void;
  faults: { verifier?: string; nonce?: string };
}) {
  const w = papers().show;
  const [isScanning, setScanning] = useState(false);
  const [isOther, setOther] = useState(false);
  const take = (code: string): boolean => {
    const found = readAsk(code);
    setOther(!found);
    if (!found) return false;
    setAsk(found);
    setScanning(false);
    return true;
  };
  // What is pasted may be the whole code: it fills both.
  const typed = (nonce: string): void => setAsk(readAsk(nonce) ?? { ...ask, nonce });
  return (
    <>
      <Button look="secondary" onClick={() => setScanning(!isScanning)}>
        {isScanning ? w.typed : w.scan}
      </Button>
      {isScanning && <CodeReader onCode={take} />}
      {isOther && (
        <Notice tone="bad">
          <p>{w.notAsked}</p>
        </Notice>
      )}
      <TextField
        label={w.asker}
        hint={w.askerHint}
        value={ask.verifier}
        onValue={(verifier) => setAsk({ ...ask, verifier })}
        fault={faults.verifier}
      />
      <TextField
        label={w.nonce}
        hint={w.nonceHint}
        value={ask.nonce}
        onValue={typed}
        fault={faults.nonce}
        input={{ autocomplete: "off", spellcheck: false, autocapitalize: "none" }}
      />
    </>
  );
}

function Done({ made: { showing, frames, took_ms }, again }: { made: Coded; again: () => void }) {
  const w = papers().show;
  return (
    <>
      <Notice tone="good">
        <p class="notice-title" data-testid="shown" data-made-ms={took_ms}>
          {w.done(showing.verifier)}
        </p>
      </Notice>
      {frames.length <= MOST_FRAMES ? <FramePlayer frames={frames} /> : <p>{w.tooLong}</p>}
      <p class="hint">{papers().linkable}</p>
      <div class="actions">
        <Button onClick={() => download(w.fileName, showingText(showing), "application/json")}>{w.save}</Button>
        <Button look="secondary" onClick={again}>
          {w.again}
        </Button>
      </div>
    </>
  );
}
