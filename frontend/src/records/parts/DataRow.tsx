import { useState } from "preact/hooks";
import { download } from "../../csv";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import type { RowProof } from "../data/csvrows";
import { labour } from "../data/labour";
import { rowText } from "../data/shown";
import type { FoundVersion } from "../data/verdict";
import { data } from "../words/data";

/** A row under its header, as the file has them: nothing of them is read as anything but text. */
export function Row({ header, row }: { header: string; row: string }) {
  const w = data().row;
  return (
    <div class="table" role="region" aria-label={w.caption} tabIndex={0}>
      <pre data-testid="row">{`${header}\n${row}`}</pre>
    </div>
  );
}

/** One row of a file that is a version, with its proof, to be handed over. */
export function RowFinder({ file, found: { version, sealed } }: { file: File; found: FoundVersion }) {
  const w = data().row;
  const [number, setNumber] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [shown, setShown] = useState<{ header: RowProof; row: RowProof } | null>(null);
  const find = async (): Promise<void> => {
    setShown(null);
    const place = /^\d{1,9}$/.test(number.trim()) ? Number(number) : 0;
    const proven = await labour("row", { file, place }).catch(() => null);
    setFault(proven ? null : w.fault);
    setShown(proven);
  };
  const save = ({ header, row }: { header: RowProof; row: RowProof }): void => {
    const text = rowText(sealed.batch, version.ref.number, header, row);
    download(w.fileName(version.identifier, version.name, row.place), text, "application/json");
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void find();
      }}
    >
      <h3>{w.title}</h3>
      <p class="hint">{w.lead}</p>
      <TextField
        label={w.number}
        hint={w.hint((version.rows?.count ?? 1) - 1)}
        value={number}
        onValue={setNumber}
        fault={fault}
      />
      <Button look="secondary" type="submit">
        {w.show}
      </Button>
      {shown && (
        <>
          <Row header={shown.header.text} row={shown.row.text} />
          <Button look="secondary" onClick={() => save(shown)}>
            {w.save}
          </Button>
        </>
      )}
    </form>
  );
}
