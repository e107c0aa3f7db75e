import { useMemo, useState } from "preact/hooks";
import type { Hex } from "viem";
import { at } from "../../chain/client";
import { head } from "../../chain/head";
import type { DirectAct } from "../../acts/act";
import { landRegisterAbi } from "../../generated/LandRegister";
import { Button } from "../../parts/Button";
import { Copy } from "../../parts/Copy";
import { Notice } from "../../parts/Notice";
import { Facts } from "../../parts/Table";
import { link } from "../../router";
import { core } from "../../words/core";
import { desk } from "../words/desk";
import { formatMoment } from "../../words/format";
import { actWords, linesOf } from "../concurred";
import { decodeAct } from "../concurring";
import { OfficeButton } from "./OfficeButton";

const GOOD_FOR_S = 7 * 86_400;

/** The notary reads the very act that the registrar will make, attests it, and hands it over. */
export function Attestation({ data, back, done }: { data: Hex; back: () => void; done: () => void }) {
  const w = desk();
  const act = useMemo(() => decodeAct(data), [data]);
  const [until] = useState((head.peek()?.timestamp_s ?? 0) + GOOD_FOR_S);
  const [isDone, setDone] = useState(false);
  if (!act) throw new RangeError("what was encoded here is read here");
  const { name } = actWords(act.name);
  const lines = linesOf(act);
  const direct: DirectAct = {
    call: {
      // Both contracts that concur have the same `attest`.
      address: at(act.contract, landRegisterAbi).address,
      abi: landRegisterAbi,
      functionName: "attest",
      args: [act.hash, BigInt(until)],
    },
    explanation: {
      title: w.attest.explain(name),
      lines: [...lines, [w.attest.until, formatMoment(until)]],
      consequence: w.attest.lead,
      until_s: null,
      payer: "self",
    },
  };
  const handed = `${location.href.split("#")[0]}${link("/desk/concur", { act: data })}`;
  return (
    <section class="card">
      <h2>{name}</h2>
      <Facts facts={lines} />
      <OfficeButton
        direct={direct}
        label={w.attest.submit}
        onDone={() => {
          done();
          setDone(true);
        }}
      />
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
