import { useMemo, useState } from "preact/hooks";
import type { Hex } from "viem";
import { keccak256 } from "viem";
import { at } from "../../chain/client";
import { head } from "../../chain/head";
import type { DirectAct } from "../../flows/act";
import { chargesAbi } from "../../generated/Charges";
import { Button } from "../../parts/Button";
import { Copy } from "../../parts/Copy";
import { Choice } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Facts } from "../../parts/Table";
import { link } from "../../router";
import "../../style/land.css";
import { useDraft } from "../../store/draft";
import { formatMoment } from "../../words/format";
import { core } from "../../words/core";
import { desk } from "../../words/desk";
import { ACTS, type OfficeAct } from "../acts";
import { CONCURRED, type Concurred, encodeAct } from "../concurring";
import { parseAll } from "../fields";
import { ActFields } from "../parts/ActFields";
import { OfficeButton } from "../parts/OfficeButton";
import { linesOf } from "../told";

const GOOD_FOR_S = 7 * 86_400;

/** The notary attests an act that the registrar will make, and hands it over. */
export default function Attest() {
  const w = desk().attest;
  return (
    <Page title={w.title} lead={w.lead}>
      <NeedsWallet>{() => <Form />}</NeedsWallet>
    </Page>
  );
}

function Form() {
  const w = desk();
  const [name, setName] = useState<Concurred>("inscribe");
  const [typed, change] = useDraft<Record<string, string>>(`desk/attest/${name}`, {});
  const [isChecked, setChecked] = useState(false);
  const act: OfficeAct = ACTS[name];
  const data = encodeAct(name, typed);
  if (data && isChecked) return <Confirm name={name} typed={typed} data={data} back={() => setChecked(false)} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
      }}
    >
      <Choice
        legend={w.attest.choose}
        options={CONCURRED.map((value) => ({ value, label: w.acts[value].name, note: w.acts[value].meaning }))}
        value={name}
        onValue={setName}
      />
      <ActFields
        fields={act.fields}
        typed={typed}
        faults={isChecked ? parseAll(act.fields, typed).faults : null}
        change={change}
      />
      <Button type="submit" wide>
        {w.act.prepare}
      </Button>
    </form>
  );
}

function Confirm({
  name,
  typed,
  data,
  back,
}: {
  name: Concurred;
  typed: Record<string, string>;
  data: Hex;
  back: () => void;
}) {
  const w = desk();
  const act: OfficeAct = ACTS[name];
  const [until] = useState((head.peek()?.timestamp_s ?? 0) + GOOD_FOR_S);
  const [isDone, setDone] = useState(false);
  const { values } = parseAll(act.fields, typed);
  const lines = values ? linesOf(act, values) : [];
  const direct: DirectAct = useMemo(
    () => ({
      call: { ...at("Charges", chargesAbi), functionName: "attest", args: [keccak256(data), BigInt(until)] },
      explanation: {
        title: w.attest.explain(w.acts[name].name),
        lines: [...lines, [w.attest.until, formatMoment(until)]],
        consequence: w.attest.lead,
        until_s: null,
        payer: "self",
      },
    }),
    [data, until],
  );
  const handed = `${location.href.split("#")[0]}${link("/desk/concur", { act: data })}`;
  return (
    <section class="card">
      <Facts facts={lines} />
      <OfficeButton direct={direct} label={w.attest.submit} onDone={() => setDone(true)} />
      {isDone ? (
        <Notice tone="good" title={w.attest.handOver}>
          <p class="hash">{handed}</p>
          <Copy text={handed} label={core().copy} />
        </Notice>
      ) : (
        <Button look="quiet" onClick={back}>
          {desk().act.change}
        </Button>
      )}
    </section>
  );
}
