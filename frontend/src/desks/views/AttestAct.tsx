import { useState } from "preact/hooks";
import type { Hex } from "viem";
import { Button } from "../../parts/Button";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Page } from "../../parts/Page";
import type { ViewProps } from "../../route";
import "../../style/land.css";
import { useDraft } from "../../store/draft";
import { texts } from "../../store/schema";
import { desk } from "../words/desk";
import { ACTS, type OfficeAct, moneyOf } from "../acts";
import { actWords } from "../concurred";
import { CONCURRED, type Concurred, type Formed, type OnAct, encodeAct } from "../concurring";
import { emptyOf, parseAll } from "../fields";
import { ActFields } from "../parts/ActFields";
import { Attestation } from "../parts/Attestation";
import { EnactForm } from "../parts/EnactForm";
import { RedrawForm } from "../parts/RedrawForm";

/** The notary draws up an act of two offices, and attests it. */
export default function AttestAct({ parameters }: ViewProps) {
  const name = parameters["act"] ?? "";
  if (!(name in CONCURRED)) return <Page title={desk().unknownAct} />;
  const words = actWords(name as Concurred);
  return (
    <Page title={words.name} lead={words.meaning}>
      <NeedsWallet>{() => <Form key={name} name={name as Concurred} />}</NeedsWallet>
      <p class="hint">{desk().attest.lead}</p>
    </Page>
  );
}

function Form({ name }: { name: Concurred }) {
  const [drawn, setDrawn] = useState<{ data: Hex; forget: () => void } | null>(null);
  if (drawn) return <Attestation data={drawn.data} back={() => setDrawn(null)} done={drawn.forget} />;
  const take: OnAct = (data, forget) => setDrawn({ data, forget });
  switch (name) {
    case "enact":
      return <EnactForm onAct={take} />;
    case "divide":
    case "merge":
      return <RedrawForm act={name} onAct={take} />;
    default:
      return <FieldsForm name={name} onAct={take} />;
  }
}

function FieldsForm({ name, onAct }: { name: Formed; onAct: OnAct }) {
  const act: OfficeAct = ACTS[name];
  const empty = emptyOf(act.fields);
  const [typed, change, forget] = useDraft(`desk/attest/${name}`, texts(empty), empty);
  const [isChecked, setChecked] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        const data = encodeAct(name, typed);
        if (data) onAct(data, forget);
      }}
    >
      <ActFields
        currency={moneyOf(act)}
        fields={act.fields}
        typed={typed}
        faults={isChecked ? parseAll(act.fields, typed).faults : null}
        change={change}
      />
      <Button type="submit" wide>
        {desk().act.prepare}
      </Button>
    </form>
  );
}
