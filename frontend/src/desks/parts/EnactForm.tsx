import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { Choice, TextField } from "../../parts/Field";
import { Notice } from "../../parts/Notice";
import { Reading } from "../../parts/Reading";
import { Rights } from "../../land/parts/Shares";
import type { Title } from "../../land/register";
import { useDraft } from "../../store/draft";
import { listOf, text } from "../../store/schema";
import { desk } from "../words/desk";
import { drafting } from "../words/drafting";
import { land } from "../../land/words/land";
import { type OnAct, encodeCall } from "../concurring";
import { type TypedEnactment, readEnactment, rowsOf } from "../enacting";
import { NOBODY, ROW } from "../rows";
import { DocumentField } from "./DocumentField";
import { RightsFields } from "./RightsFields";
import { useTitle } from "./useTitle";

const EMPTY: TypedEnactment = { parcel: "", nature: "", holders: [NOBODY], document: "" };
const FIELDS = { parcel: text, nature: text, holders: listOf(ROW), document: text };

/** Who holds a title from now on: by succession, gift, judgment, partition or correction. */
export function EnactForm({ onAct }: { onAct: OnAct }) {
  const w = drafting().enact;
  const [typed, change, forget] = useDraft<TypedEnactment>("desk/attest/enact", FIELDS, EMPTY);
  const [isChecked, setChecked] = useState(false);
  const title = useTitle(typed.parcel);
  const free = title.value?.state === "free" ? title.value : null;
  const read = free && readEnactment(typed, free);
  const faults = isChecked ? read?.faults : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (read?.args) onAct(encodeCall("enact", read.args), forget);
      }}
    >
      <TextField
        label={desk().fields["parcel"]!}
        hint={desk().hints.parcel}
        value={typed.parcel}
        onValue={(parcel) => change({ parcel })}
        fault={isChecked && title.value !== undefined && !free ? drafting().sale.faults.noTitle : null}
        input={{ autocomplete: "off", spellcheck: false }}
      />
      <Choice
        legend={w.nature}
        options={land().history.acts.map((label, place) => ({ value: String(place), label }))}
        value={typed.nature || null}
        onValue={(nature) => change({ nature })}
        fault={faults?.nature ? desk().faults[faults.nature] : null}
      />
      {typed.parcel !== "" && (
        <Reading read={title}>
          {() => free && <Today title={free} take={() => change({ holders: rowsOf(free) })} />}
        </Reading>
      )}
      {faults?.isUnwhole && <Notice tone="bad">{w.unwhole}</Notice>}
      <p>{w.all}</p>
      <RightsFields
        rows={typed.holders}
        change={(holders) => change({ holders })}
        nameOf={w.holder}
        add={w.add}
        faults={faults?.holders ?? {}}
      />
      <DocumentField
        label={desk().fields["document"]!}
        value={typed.document}
        onValue={(document) => change({ document })}
        fault={faults?.document ? desk().faults[faults.document] : null}
      />
      <Button type="submit" wide>
        {desk().act.prepare}
      </Button>
    </form>
  );
}

/** Who holds it today, beside who will. */
function Today({ title, take }: { title: Title; take: () => void }) {
  const w = drafting().enact;
  return (
    <section class="stack">
      <h2>{w.today}</h2>
      <Rights rights={title.rights} whole={title.whole} />
      <Button look="quiet" onClick={take}>
        {w.take}
      </Button>
    </section>
  );
}
