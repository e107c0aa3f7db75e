import { useState } from "preact/hooks";
import { stringToHex } from "viem";
import { useAct } from "../../acts/useAct";
import { head } from "../../chain/head";
import { download } from "../../csv";
import { Button, ButtonLink } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { useRead } from "../../parts/read";
import { Table } from "../../parts/Table";
import { useSticky } from "../../parts/sticky";
import type { ViewProps } from "../../route";
import { go, link } from "../../router";
import { chainDoubts, isUsed } from "../chain/attested";
import { PURPOSE_BYTES, use } from "../flows/use";
import { forgetPaper, paperOf } from "../kept";
import { paperText } from "../paper/files";
import { NOBODY, type OwnPaper, paperKey } from "../paper/paper";
import { PaperFacts } from "../parts/PaperFacts";
import { chainDoubtTold } from "../told";
import { papers } from "../words/papers";

/** One paper of this browser: all that it says, and what its holder does with it. */
export default function One({ parameters }: ViewProps) {
  const w = papers();
  const own = paperOf(parameters["key"] ?? "");
  if (!own) {
    return (
      <Page title={w.list.title} lead={w.one.missing}>
        <ButtonLink href={link("/papers")}>{w.one.back}</ButtonLink>
      </Page>
    );
  }
  return (
    <Page title={own.definition.name}>
      <PaperFacts name={own.definition.name} paper={own.paper} />
      <Said own={own} />
      <ButtonLink wide href={link(`/papers/show/${paperKey(own)}`)}>
        {w.one.show}
      </ButtonLink>
      <p class="hint">{w.linkable}</p>
      <Use own={own} />
      <Keep own={own} />
    </Page>
  );
}

function Said({ own }: { own: OwnPaper }) {
  const w = papers();
  const rows = own.definition.fields.map(({ name }, place) => [name, own.values[place] ?? null] as const);
  return (
    <Table
      caption={w.fields}
      columns={[
        { name: w.field, cell: ([name]) => name },
        { name: w.value, cell: ([, value]) => value ?? <span class="hint">{w.unsaid}</span> },
      ]}
      rows={rows}
    />
  );
}

function Keep({ own }: { own: OwnPaper }) {
  const w = papers().one;
  const [isSure, setSure] = useState(false);
  const forget = (): void => {
    if (!isSure) return setSure(true);
    forgetPaper(own);
    go("/papers");
  };
  return (
    <>
      <div class="actions">
        <Button
          look="secondary"
          onClick={() => download(w.saved(own.definition.name, own.paper.number), paperText(own), "application/json")}
        >
          {w.save}
        </Button>
        <Button look={isSure ? "danger" : "quiet"} onClick={forget}>
          {isSure ? w.forgetSure : w.forget}
        </Button>
      </div>
      <p class="hint">{isSure ? w.forgetNote : w.secret}</p>
    </>
  );
}

/** What the chain says of it now, and its one use. */
function Use({ own }: { own: OwnPaper }) {
  const w = papers().one;
  const { paper } = own;
  const act = useAct();
  const read = useRead(
    async () => ({ doubts: await chainDoubts(paper), used: await isUsed(paper) }),
    [paperKey(own), head.value?.number],
  );
  const isDone = useSticky(act.state.value.at === "done");
  if (!read.value) return null;
  const { doubts, used } = read.value;
  if (doubts.length) {
    return (
      <Notice tone="bad" live={false}>
        {doubts.map((doubt) => (
          <p key={`${doubt.kind}${doubt.paper.number}`}>{chainDoubtTold(doubt)}</p>
        ))}
      </Notice>
    );
  }
  if (isDone) return <Progress act={act} done={<p class="notice-title">{w.used}</p>} />;
  if (used) return <Notice live={false}>{w.isUsed}</Notice>;
  if (paper.subject === NOBODY) return null;
  return (
    <details>
      <summary>{w.use}</summary>
      <NeedsWallet>{() => <UseForm own={own} act={act} />}</NeedsWallet>
    </details>
  );
}

function UseForm({ own, act }: { own: OwnPaper; act: ReturnType<typeof useAct> }) {
  const w = papers().one;
  const [purpose, setPurpose] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    const said = purpose.trim();
    const bytes = (stringToHex(said).length - 2) / 2;
    if (bytes === 0 || bytes > PURPOSE_BYTES) return setFault(w.purposeFault);
    setFault(null);
    void act.slip(() => use(own, said));
  };
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <p>{w.useLead}</p>
      <TextField label={w.purpose} hint={w.purposeHint} value={purpose} onValue={setPurpose} fault={fault} />
      <Progress act={act} />
      <Button type="submit" look="secondary" busy={act.isBusy}>
        {w.use}
      </Button>
    </form>
  );
}
