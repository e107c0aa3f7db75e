import { useState } from "preact/hooks";
import { useAct } from "../../acts/useAct";
import { addressOf } from "../../chain/client";
import { download } from "../../csv";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { FileField } from "../../parts/FileField";
import { Loading } from "../../parts/Loading";
import { Notice } from "../../parts/Notice";
import { Progress } from "../../parts/Progress";
import { inSlices } from "../../slices";
import { theTown } from "../../town/folder";
import { formatNumber } from "../../words/format";
import type { Hex } from "../../vote/ballot/bytes";
import type { Series } from "../chain/series";
import { textOf } from "../file";
import { issue } from "../flows/issue";
import { requireThisTown } from "../kept";
import { type Batch, batchText, freshSeeds, paperAt, readBatch, sealing } from "../paper/batch";
import type { Definition } from "../paper/definition";
import { paperText } from "../paper/files";
import { readListing } from "../paper/listing";
import { refusalTold } from "../told";
import { issuing } from "../words/issuing";
import { papers } from "../words/papers";

/** What a phone seals in a few seconds. */
const MOST_PAPERS = 10_000;
/** Those of a batch, with all that they say. */
const MOST_BYTES = 2 ** 26;

interface Prepared {
  batch: Batch;
  /** Whether its seeds are in a file already. */
  isSaved: boolean;
}

/** A batch from a list, or from a file that was sealed before. */
export function IssueForm({ series, definition }: { series: Series; definition: Definition }) {
  const w = issuing().series;
  const act = useAct();
  const [prepared, setPrepared] = useState<Prepared | null>(null);
  const [isSealing, setSealing] = useState(false);
  const [fault, setFault] = useState<string | null>(null);

  const prepare = async (file: File): Promise<void> => {
    act.reset();
    setPrepared(null);
    setFault(null);
    setSealing(true);
    try {
      const text = await textOf(file, MOST_BYTES);
      const isBatch = text.startsWith("{");
      const batch = isBatch ? requireThisTown(readBatch(text)) : await sealed(text, series, definition);
      const wrong = typeof batch === "string" ? batch : misplaced(batch, series);
      if (wrong !== null || typeof batch === "string") setFault(wrong);
      else setPrepared({ batch, isSaved: isBatch });
    } catch (error) {
      setFault(refusalTold(error));
    }
    setSealing(false);
  };

  const isDone = act.state.value.at === "done";
  return (
    <div class="stack">
      <p>{w.issueLead}</p>
      <FileField label={w.file} accept=".csv,.batch,.txt,text/csv" onFile={(file) => void prepare(file)} />
      {isSealing && <Loading what={w.sealing} />}
      {fault && (
        <Notice tone="bad">
          <p>{fault}</p>
        </Notice>
      )}
      {prepared && !isDone && (
        <Ready
          prepared={prepared}
          isBusy={act.isBusy}
          onSave={() => setPrepared({ ...prepared, isSaved: true })}
          onIssue={() => void act.slip(() => issue(prepared.batch))}
        />
      )}
      <Progress act={act} done={prepared && <p class="notice-title">{w.issued(...placesOf(prepared.batch))}</p>} />
      {prepared && isDone && <HandOut batch={prepared.batch} />}
    </div>
  );
}

const placesOf = ({ first, drafts }: Batch): [number, number] => [first, first + drafts.length - 1];

/** The papers of a list, sealed from the series' next number on; or why not. */
async function sealed(text: string, { opened, issuer, next }: Series, definition: Definition): Promise<Batch | string> {
  const drafts = readListing(text, definition);
  if (drafts.length > MOST_PAPERS) return issuing().series.tooMany(formatNumber(MOST_PAPERS));
  const home = { chain: theTown().chainId, contract: addressOf("Attestations") as Hex };
  const series = { ...home, schema: opened.schema, issuer };
  return inSlices(sealing(series, definition, next, drafts, freshSeeds(drafts.length)));
}

/** Why a batch cannot be issued in a series; null where it can. */
function misplaced({ schema, issuer, first }: Batch, series: Series): string | null {
  const w = issuing().series;
  const isOther = schema !== series.opened.schema || issuer.toLowerCase() !== series.issuer.toLowerCase();
  if (isOther) return w.otherSeries;
  return first === series.next ? null : w.otherPlace(first, series.next);
}

function Ready({
  prepared: { batch, isSaved },
  isBusy,
  onSave,
  onIssue,
}: {
  prepared: Prepared;
  isBusy: boolean;
  onSave: () => void;
  onIssue: () => void;
}) {
  const w = issuing().series;
  const save = (): void => {
    download(w.batchName(batch.definition.name, batch.first), batchText(batch), "text/plain;charset=utf-8");
    onSave();
  };
  return (
    <>
      <p>{w.sealed(formatNumber(batch.drafts.length), ...placesOf(batch))}</p>
      {!isSaved && <p class="hint">{w.saveFirst}</p>}
      <div class="actions">
        <Button look={isSaved ? "secondary" : "primary"} onClick={save}>
          {w.saveBatch}
        </Button>
        {isSaved && (
          <Button busy={isBusy} onClick={onIssue}>
            {w.submit}
          </Button>
        )}
      </div>
    </>
  );
}

/** The file of one paper at a time, for whoever holds it. */
function HandOut({ batch }: { batch: Batch }) {
  const w = issuing().series;
  const [first, last] = placesOf(batch);
  const [text, setText] = useState(String(first));
  const [fault, setFault] = useState<string | null>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    const number = Number(text);
    const isOne = /^\d{1,15}$/.test(text.trim()) && number >= first && number <= last;
    setFault(isOne ? null : w.giveFault(first, last));
    if (!isOne) return;
    const name = papers().one.saved(batch.definition.name, number);
    download(name, paperText(paperAt(batch, number - first)), "application/json");
  };
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <h3>{w.give}</h3>
      <TextField label={w.giveNumber} value={text} onValue={setText} fault={fault} input={{ inputMode: "numeric" }} />
      <Button type="submit" look="secondary">
        {w.giveSubmit}
      </Button>
      <p class="hint">{papers().one.secret}</p>
    </form>
  );
}
