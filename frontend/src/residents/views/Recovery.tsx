import { useState } from "preact/hooks";
import { useAct } from "../../acts/useAct";
import { veto } from "../flows/veto";
import { Address } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { Loading } from "../../parts/Loading";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Facts } from "../../parts/Table";
import { type Recovery as Pending, who } from "../../wallet/who";
import { formatMoment } from "../../words/format";
import { recovery } from "../words/recovery";

export default function Recovery() {
  return (
    <Page title={recovery().title}>
      <NeedsWallet>{() => <Own />}</NeedsWallet>
    </Page>
  );
}

function Own() {
  const w = recovery();
  const act = useAct();
  // What was vetoed stays on the screen when it is pending no more.
  const [vetoed, setVetoed] = useState<Pending | null>(null);
  const known = who.value;
  if (!known) return <Loading />;
  const pending = vetoed ?? known.recovery;
  if (!pending) return <p>{w.none}</p>;
  const when = formatMoment(pending.recoverableAt_s);
  const oppose = (): void => {
    setVetoed(pending);
    void act.slip((account) => veto(account, pending.successor, pending.recoverableAt_s));
  };
  return (
    <>
      <p class="lead">{w.lead(when)}</p>
      <Facts
        facts={[
          [w.successor, <Address address={pending.successor} full />],
          [w.from, when],
        ]}
      />
      <p>{pending.isConfirmed ? w.confirmed : w.yours}</p>
      <Progress act={act} done={<p class="notice-title">{w.done}</p>} />
      {act.state.value.at !== "done" && !pending.isConfirmed && (
        <Button wide look="danger" busy={act.isBusy} onClick={oppose}>
          {w.veto}
        </Button>
      )}
    </>
  );
}
