import { useMemo, useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Page } from "../../parts/Page";
import { Facts } from "../../parts/Table";
import { query } from "../../router";
import type { ViewProps } from "../../routes/route";
import "../../style/land.css";
import { useDraft } from "../../store/draft";
import { desk } from "../../words/desk";
import { ACTS, type ActName, type OfficeAct } from "../acts";
import { type Values, parseAll } from "../fields";
import { ActFields } from "../parts/ActFields";
import { OfficeButton } from "../parts/OfficeButton";
import { linesOf, officeAct } from "../told";

/** One act of an office: what it does, its form, then one button. What came with the link is shown, not typed. */
export default function ActView({ parameters }: ViewProps) {
  const name = parameters["name"] ?? "";
  const w = desk();
  if (!(name in ACTS)) return <Page title={w.unknownAct} />;
  return (
    <Page title={w.acts[name as ActName].name} lead={w.acts[name as ActName].meaning}>
      <NeedsWallet>{() => <Form key={name} name={name as ActName} />}</NeedsWallet>
      <p class="hint">{w.ethNote}</p>
    </Page>
  );
}

function Form({ name }: { name: ActName }) {
  const act: OfficeAct = ACTS[name];
  const given = Object.fromEntries(query.value);
  const open = act.fields.filter((field) => given[field.name] === undefined);
  const [typed, change, forget] = useDraft<Record<string, string>>(`desk/${name}`, {});
  const [isChecked, setChecked] = useState(false);
  const read = parseAll(act.fields, { ...typed, ...given });
  const edit = (part: Record<string, string>): void => {
    setChecked(false);
    change(part);
  };
  if (isChecked && read.values) {
    return (
      <Confirm
        name={name}
        values={read.values}
        back={() => setChecked(false)}
        done={forget}
        hasForm={open.length > 0}
      />
    );
  }
  if (open.length === 0 && read.values)
    return <Confirm name={name} values={read.values} done={forget} hasForm={false} />;
  const known = act.fields.filter((field) => given[field.name] !== undefined && !read.faults?.[field.name]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
      }}
    >
      <Given act={act} names={known.map((field) => field.name)} given={given} />
      <ActFields fields={open} typed={typed} faults={isChecked ? read.faults : null} change={edit} />
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
  hasForm: boolean;
  back?: () => void;
  done: () => void;
}

function Confirm({ name, values, hasForm, back, done }: Confirmed) {
  const direct = useMemo(() => officeAct(name, values), [name, JSON.stringify(Object.values(values).map(String))]);
  return (
    <section class="card">
      {direct.explanation.lines.length > 0 && <Facts facts={direct.explanation.lines} />}
      <OfficeButton direct={direct} onDone={done} />
      {hasForm && back && (
        <Button look="quiet" onClick={back}>
          ←
        </Button>
      )}
    </section>
  );
}
