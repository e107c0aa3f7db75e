import { useMemo, useState } from "preact/hooks";
import { type Call, type CallFault, callOf, faultsOfCall, MOST_TRUSTEES } from "../../vote/booth/calling";
import { at } from "../../chain/client";
import { consultationsAbi } from "../../generated/Consultations";
import { ceremonyContract } from "../../vote/booth/ceremonies";
import { calling } from "../../vote/flows/ceremony";
import { Button, ButtonLink } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { Facts } from "../../parts/Table";
import { link } from "../../router";
import { useDraft } from "../../store/draft";
import { listOf, text } from "../../store/schema";
import "../../style/ballot.css";
import { who } from "../../wallet/who";
import { desk } from "../words/desk";
import { openings } from "../../vote/words/openings";
import { OfficeButton } from "../parts/OfficeButton";

/** The returning officer calls trustees to make a key. */
export default function OpenKey() {
  const w = openings().key;
  return (
    <Page title={w.title} lead={w.lead}>
      <NeedsWallet>{() => <Form />}</NeedsWallet>
      <p class="hint">{desk().ethNote}</p>
    </Page>
  );
}

const EMPTY: Call = { trustees: ["", "", ""], needed: "2", hours: "48" };
const FIELDS = { trustees: listOf(text), needed: text, hours: text };

function Form() {
  const w = openings().key;
  const [typed, change, forget] = useDraft<Call>("desk/key", FIELDS, EMPTY);
  const [isTried, setTried] = useState(false);
  const [checked, setChecked] = useState<Call | null>(null);
  if (who.value && !who.value.offices.has("returningOfficer")) return <Notice tone="warn" title={desk().forbidden} />;
  if (checked) return <Confirm call={checked} back={() => setChecked(null)} done={forget} />;
  const { trustees, needed, hours } = typed;
  const faults = faultsOfCall(typed);
  const isSound = faults.trustees.every((fault) => fault === null) && !faults.list && !faults.needed && !faults.hours;
  const told = (fault: CallFault | null | undefined): string | null => (isTried && fault ? w.faults[fault] : null);
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isSound) setChecked(typed);
      }}
    >
      <fieldset class="choice">
        <legend>{w.trustees}</legend>
        <p class="hint">{w.trusteesHint}</p>
        {trustees.map((trustee, place) => (
          <div class="answer" key={place}>
            <TextField
              label={w.trustee(place + 1)}
              value={trustee}
              onValue={(text) => change({ trustees: trustees.map((it, i) => (i === place ? text : it)) })}
              fault={told(faults.trustees[place])}
              input={{ autocomplete: "off", spellcheck: false }}
            />
            {trustees.length > 2 && (
              <Button look="quiet" onClick={() => change({ trustees: trustees.filter((_, i) => i !== place) })}>
                {openings().poll.remove} <span class="hidden">{w.trustee(place + 1).toLowerCase()}</span>
              </Button>
            )}
          </div>
        ))}
        {trustees.length < MOST_TRUSTEES && (
          <Button look="secondary" onClick={() => change({ trustees: [...trustees, ""] })}>
            {w.add}
          </Button>
        )}
      </fieldset>
      <TextField
        label={w.needed}
        hint={w.neededHint}
        value={needed}
        onValue={(text) => change({ needed: text })}
        fault={told(faults.needed)}
        unit={w.unit}
        input={{ inputMode: "numeric", autocomplete: "off" }}
      />
      <TextField
        label={w.hours}
        hint={w.hoursHint}
        value={hours}
        onValue={(text) => change({ hours: text })}
        fault={told(faults.hours)}
        unit={w.hoursUnit}
        input={{ inputMode: "numeric", autocomplete: "off" }}
      />
      <Button type="submit" wide>
        {openings().poll.prepare}
      </Button>
    </form>
  );
}

function Confirm({ call, back, done }: { call: Call; back: () => void; done: () => void }) {
  const w = openings().key;
  const [isDone, setDone] = useState(false);
  const contract = useRead(ceremonyContract, []);
  const direct = useMemo(
    () => contract.value && calling(contract.value, callOf(call, at("Consultations", consultationsAbi).address)),
    [contract.value, call],
  );
  return (
    <section class="card">
      <Reading read={contract}>
        {() =>
          direct && (
            <>
              <Facts facts={direct.explanation.lines} />
              <OfficeButton
                direct={direct}
                onDone={() => {
                  setDone(true);
                  done();
                }}
              />
            </>
          )
        }
      </Reading>
      {isDone ? (
        <>
          <p>{w.opened}</p>
          <ButtonLink href={link("/vote/keys")}>{openings().plan.toKeys}</ButtonLink>
        </>
      ) : (
        <Button look="quiet" onClick={back}>
          {desk().act.change}
        </Button>
      )}
    </section>
  );
}
