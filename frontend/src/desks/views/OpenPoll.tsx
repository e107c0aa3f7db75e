import { useState } from "preact/hooks";
import {
  type Asked,
  type AskedFault,
  faultsOfAsked,
  isSound,
  type Planned,
  subjectOf,
  termsOf,
  textOfSubject,
} from "../../vote/booth/opening";
import type { SealedRoll } from "../../vote/booth/rolls";
import { DRAW, opening } from "../../vote/flows/opening";
import { Button, ButtonLink } from "../../parts/Button";
import { Choice, TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { Facts } from "../../parts/Table";
import { link } from "../../router";
import { useDraft } from "../../store/draft";
import { type Fields, listOf, text } from "../../store/schema";
import { picklist } from "valibot";
import "../../style/ballot.css";
import { who } from "../../wallet/who";
import { desk } from "../words/desk";
import { openings } from "../../vote/words/openings";
import { PLANNED, type Ground, useGround, usualPlan } from "../parts/ground";
import { OfficeButton } from "../parts/OfficeButton";
import { PlanForm } from "../parts/PlanForm";
import { RollToPublish } from "../parts/RollToPublish";

/** The returning officer opens a consultation: question, answers, dates, roll, key. */
export default function OpenPoll() {
  const w = openings().poll;
  return (
    <Page title={w.title} lead={w.lead}>
      <NeedsWallet>{() => <Officer />}</NeedsWallet>
      <p class="hint">{desk().ethNote}</p>
    </Page>
  );
}

function Officer() {
  const ground = useGround();
  if (who.value && !who.value.offices.has("returningOfficer")) return <Notice tone="warn" title={desk().forbidden} />;
  return <Reading read={ground}>{(found) => <Form ground={found} />}</Reading>;
}

interface Checked {
  asked: Asked;
  planned: Planned;
  roll: SealedRoll;
}

const KINDS = ["single", "approval", "points"] as const;
/** The numbers that each kind is bounded by. */
const NUMBERS = { single: [], approval: ["minimum", "maximum"], points: ["each", "total"] } as const;

type Typed = Partial<Asked & Planned>;

const FIELDS: Fields<Typed> = {
  question: text,
  kind: picklist(KINDS),
  options: listOf(text),
  minimum: text,
  maximum: text,
  each: text,
  total: text,
  ...PLANNED,
};

function Form({ ground }: { ground: Ground }) {
  const w = openings().poll;
  const [typed, change, forget] = useDraft<Typed>("desk/poll", FIELDS, {});
  const [usual] = useState(() => ({
    question: "",
    kind: "single" as const,
    options: ["", "", w.blank],
    minimum: "0",
    maximum: "1",
    each: "3",
    total: "7",
    ...usualPlan(ground),
  }));
  const [checked, setChecked] = useState<Checked | null>(null);
  if (checked) return <Confirm checked={checked} back={() => setChecked(null)} done={forget} />;

  const all = { ...usual, ...typed };
  const asked = faultsOfAsked(all);
  return (
    <PlanForm
      ground={ground}
      planned={all}
      change={change}
      isSound={isSound(asked)}
      onRoll={(roll) => setChecked({ asked: all, planned: all, roll })}
    >
      {(isTried) => <AskedFields asked={all} change={change} faults={isTried ? asked : null} />}
    </PlanForm>
  );
}

interface AskedProps {
  asked: Asked;
  change: (part: Partial<Asked>) => void;
  faults: ReturnType<typeof faultsOfAsked> | null;
}

function AskedFields({ asked, change, faults }: AskedProps) {
  const w = openings().poll;
  const { question, kind, options } = asked;
  const told = (fault: AskedFault | null | undefined): string | null => (fault ? openings().faults[fault] : null);
  const set = (place: number, text: string): void =>
    change({ options: options.map((option, i) => (i === place ? text : option)) });
  return (
    <>
      <TextField
        label={w.question}
        value={question}
        onValue={(text) => change({ question: text })}
        fault={told(faults?.question)}
        multiline
      />
      <Choice
        legend={w.kind}
        options={KINDS.map((value) => ({ value, ...w.kinds[value] }))}
        value={kind}
        onValue={(value) => change({ kind: value })}
      />
      <fieldset class="choice">
        <legend>{w.options}</legend>
        {options.map((option, place) => (
          <div class="answer" key={place}>
            <TextField
              label={w.option(place + 1)}
              value={option}
              onValue={(text) => set(place, text)}
              fault={told(faults?.options[place])}
              input={{ autocomplete: "off" }}
            />
            {options.length > 2 && (
              <Button look="quiet" onClick={() => change({ options: options.filter((_, i) => i !== place) })}>
                {w.remove} <span class="hidden">{w.option(place + 1).toLowerCase()}</span>
              </Button>
            )}
          </div>
        ))}
        {faults?.list && (
          <p class="fault" role="alert">
            {told(faults.list)}
          </p>
        )}
        <Button look="secondary" onClick={() => change({ options: [...options, ""] })}>
          {w.add}
        </Button>
      </fieldset>
      {NUMBERS[kind].map((name) => (
        <TextField
          key={name}
          label={w[name]}
          value={asked[name]}
          onValue={(text) => change({ [name]: text })}
          fault={told(faults?.[name])}
          unit={kind === "points" ? w.pointsUnit : w.unit}
          input={{ inputMode: "numeric", autocomplete: "off" }}
        />
      ))}
    </>
  );
}

function Confirm({ checked, back, done }: { checked: Checked; back: () => void; done: () => void }) {
  const w = openings().poll;
  const { asked, planned, roll } = checked;
  const [isDone, setDone] = useState(false);
  const direct = opening(termsOf(textOfSubject(subjectOf(asked)), planned, roll));
  return (
    <section class="card">
      <Facts facts={direct.explanation.lines} />
      {planned.roll === DRAW && <RollToPublish roll={roll} />}
      <OfficeButton
        direct={direct}
        onDone={() => {
          setDone(true);
          done();
        }}
      />
      {isDone ? (
        <>
          <p>{w.opened}</p>
          <ButtonLink href={link("/vote")}>{w.toList}</ButtonLink>
        </>
      ) : (
        <Button look="quiet" onClick={back}>
          {desk().act.change}
        </Button>
      )}
    </section>
  );
}
