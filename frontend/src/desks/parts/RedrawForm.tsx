import { useState } from "preact/hooks";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { FileChoice } from "../../parts/FileChoice";
import { Notice } from "../../parts/Notice";
import { Reading } from "../../parts/Reading";
import { Table } from "../../parts/Table";
import { nameOf, parcelOf } from "../../land/parcel";
import { type SurveyFault, type Surveyed, readSurvey } from "../../land/survey";
import type { Title } from "../../land/register";
import { useDraft } from "../../store/draft";
import { texts } from "../../store/schema";
import { desk } from "../words/desk";
import { drafting } from "../words/drafting";
import { formatNumber } from "../../words/format";
import { land } from "../../land/words/land";
import { type OnAct, encodeCall } from "../concurring";
import { documentHash } from "../fields";
import { type Redrawn, areasOf, readRedrawing } from "../surveying";
import { DocumentField } from "./DocumentField";
import { useTitles } from "./useTitle";

const EMPTY = { parcels: "", document: "" };

/** One title becomes several parcels, or several one, as the surveyor's file draws them. */
export function RedrawForm({ act, onAct }: { act: Redrawn; onAct: OnAct }) {
  const w = drafting().redraw;
  const [typed, change, forget] = useDraft(`desk/attest/${act}`, texts(EMPTY), EMPTY);
  const [survey, setSurvey] = useState<readonly Surveyed[] | SurveyFault | null>(null);
  const [isChecked, setChecked] = useState(false);
  const read = useTitles(typed.parcels);
  const titles = read.value ?? [];
  const drawn = survey && "wrong" in survey ? null : survey;
  const hasDocument = typed.document.trim() !== "";
  const redrawn = drawn && readRedrawing(act, titles, drawn, documentHash(typed.document));
  const fault = isChecked ? (redrawn?.fault ?? null) : null;
  const isNoTitle = isChecked && read.value !== undefined && titles.every((title) => title === null);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (redrawn?.args && hasDocument) onAct(encodeCall(act, redrawn.args), forget);
      }}
    >
      <TextField
        label={act === "divide" ? desk().fields["parcel"]! : w.parents}
        hint={act === "divide" ? desk().hints.parcel : w.parentsHint}
        value={typed.parcels}
        onValue={(parcels) => change({ parcels })}
        fault={isNoTitle || (read.value && fault === "noTitle") ? drafting().sale.faults.noTitle : null}
        input={{ autocomplete: "off", spellcheck: false }}
      />
      <FileChoice
        label={w.file}
        accept=".json,.geojson,application/geo+json,application/json"
        onFile={(file) => void file?.text().then((text) => setSurvey(readSurvey(text)))}
        fault={surveyText(survey) ?? (isChecked && !survey ? desk().faults.empty : null)}
      />
      <p class="hint">{w.fileHint}</p>
      {drawn && <Reading read={read}>{(known) => <Areas titles={known} drawn={drawn} />}</Reading>}
      {fault && fault !== "noTitle" && <Notice tone="bad">{w.faults[fault]}</Notice>}
      <DocumentField
        label={desk().fields["document"]!}
        value={typed.document}
        onValue={(document) => change({ document })}
        fault={isChecked && !hasDocument ? desk().faults.empty : null}
      />
      <Button type="submit" wide>
        {desk().act.prepare}
      </Button>
    </form>
  );
}

function surveyText(survey: readonly Surveyed[] | SurveyFault | null): string | null {
  if (!survey || !("wrong" in survey)) return null;
  return drafting().redraw.wrong[survey.wrong](formatNumber(survey.feature));
}

/** What is there and what will be, with its area: both sums are the same. */
function Areas({ titles, drawn }: { titles: readonly (Title | null)[]; drawn: readonly Surveyed[] }) {
  const w = drafting().redraw;
  const known = titles.filter((title) => title !== null);
  const { old_m2, new_m2 } = areasOf(known, drawn);
  const rows = [
    ...known.map(({ token, area_m2 }) => ({ when: w.before, name: nameOf(parcelOf(token)), area_m2 })),
    ...drawn.map(({ id, area_m2 }) => ({ when: w.after, name: nameOf(id), area_m2 })),
  ];
  return (
    <>
      <Table
        caption={w.areas}
        hideCaption
        rows={rows}
        columns={[
          { name: w.when, cell: ({ when }) => when },
          { name: desk().fields["parcel"]!, cell: ({ name }) => name },
          {
            name: land().parcel.area,
            cell: ({ area_m2 }) => land().parcel.squareMetres(formatNumber(area_m2)),
            numeric: true,
          },
        ]}
      />
      <p class="hint">{w.sums(formatNumber(old_m2), formatNumber(new_m2))}</p>
    </>
  );
}
