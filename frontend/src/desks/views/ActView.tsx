import { useState } from "preact/hooks";
import { head } from "../../chain/head";
import { Button } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Page } from "../../parts/Page";
import { Facts } from "../../parts/Table";
import { query } from "../../router";
import type { ViewProps } from "../../route";
import "../../style/land.css";
import { useDraft } from "../../store/draft";
import { texts } from "../../store/schema";
import { draftOf } from "../../money/pages";
import { theCurrency } from "../../town/currency";
import { desk } from "../words/desk";
import { ACTS, type ActName, type OfficeAct, moneyOf } from "../acts";
import { emptyOf, type Values, parseAll } from "../fields";
import { ActFields } from "../parts/ActFields";
import { OfficeButton } from "../parts/OfficeButton";
import { actWords, linesOf, officeAct } from "../told";

/** One act of an office: what it does, its form, then one button. What came with the link is shown, not typed. */
export default function ActView({ parameters }: ViewProps) {
  const name = parameters["name"] ?? "";
  const w = desk();
  if (!(name in ACTS)) return <Page title={w.unknownAct} />;
  const words = actWords(name as ActName, theCurrency());
  return (
    <Page title={words.name} lead={words.meaning}>
      <NeedsWallet>{() => <Form key={words.name} name={name as ActName} />}</NeedsWallet>
      <p class="hint">{w.ethNote}</p>
    </Page>
  );
}

function Form({ name }: { name: ActName }) {
  const act: OfficeAct = ACTS[name];
  const given = Object.fromEntries(query.value);
  const open = act.fields.filter((field) => given[field.name] === undefined);
  const empty = emptyOf(act.fields);
  const [typed, change, forget] = useDraft(draftOf(`desk/${name}`), texts(empty), empty);
  const [isChecked, setChecked] = useState(false);
  // What was confirmed outlives the draft, which is forgotten once the act is done.
  const [confirmed, setConfirmed] = useState<Values | null>(null);
  const parsed = parseAll(act.fields, { ...typed, ...given });
  const refused = parsed.values ? (act.check?.(parsed.values, head.value?.timestamp_s ?? 0) ?? {}) : {};
  const read = Object.keys(refused).length > 0 ? { values: null, faults: refused } : parsed;
  const values = confirmed ?? (open.length === 0 ? read.values : null);
  if (values)
    return <Confirm name={name} values={values} done={forget} back={confirmed && (() => setConfirmed(null))} />;
  const known = act.fields.filter((field) => given[field.name] !== undefined && !read.faults?.[field.name]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        setConfirmed(read.values);
      }}
    >
      <Given act={act} names={known.map((field) => field.name)} given={given} />
      <ActFields
        currency={moneyOf(act)}
        fields={open}
        typed={typed}
        faults={isChecked ? read.faults : null}
        change={change}
      />
      <Button type="submit" wide>
        {desk().act.prepare}
      </Button>
    </form>
  );
}

function Given({
  act,
  names,
  given,
}: {
  act: OfficeAct;
  names: readonly string[];
  given: Readonly<Record<string, string>>;
}) {
  const fields = act.fields.filter((field) => names.includes(field.name));
  const { values } = parseAll(fields, given);
  if (fields.length === 0 || !values) return null;
  return <Facts facts={linesOf({ ...act, fields }, values)} />;
}

interface Confirmed {
  name: ActName;
  values: Values;
  back: (() => void) | null;
  done: () => void;
}

function Confirm({ name, values, back, done }: Confirmed) {
  const direct = officeAct(name, values);
  return (
    <section class="card">
      {direct.explanation.lines.length > 0 && <Facts facts={direct.explanation.lines} />}
      <OfficeButton direct={direct} isForAnyone={ACTS[name].office === null} onDone={done} />
      {back && (
        <Button look="quiet" onClick={back}>
          {desk().act.change}
        </Button>
      )}
    </section>
  );
}
