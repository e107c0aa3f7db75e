import { Address } from "../../parts/Address";
import { useRead } from "../../parts/read";
import { revokedAt } from "../chain/standing";
import { type LabelDoubt, labelDoubts, ownWords } from "../lots/labels";
import type { Label, ReadLots } from "../lots/read";
import { called, certificateKey, labelDoubtTold } from "../lots/telling";
import { lots as words } from "../words/lots";

/** Which labels a lot bears now, and why not the others. */
export function LotLabels({ lots, lot }: { lots: ReadLots; lot: string }) {
  const w = words();
  if (lots.labels.length === 0) return <p>{w.labelsNone}</p>;
  return (
    <ul class="labels">
      {lots.labels.map((label) => (
        <li key={label.schema} class="card stack">
          <OneLabel lots={lots} lot={lot} label={label} />
        </li>
      ))}
    </ul>
  );
}

function OneLabel({ lots, lot, label }: { lots: ReadLots; lot: string; label: Label }) {
  const w = words();
  const doubts = labelDoubts(lots.story, lot, label.certificates);
  const revoked = useRead(() => revocations(doubts), [lots, lot, label.schema]).value;
  const told = [...new Set(doubts.map((doubt) => labelDoubtTold(lots.names, doubt, revoked ?? new Map())))];
  const own = ownWords(lots.story, lot, label, lots.keys);
  return (
    <>
      <h3>
        {label.name} <span class={told.length ? "badge late" : "badge good"}>{told.length ? w.holdsNot : w.holds}</span>{" "}
        {label.isTowns !== null && (
          <span class={label.isTowns ? "badge plain" : "badge late"}>{label.isTowns ? w.towns : w.noTowns}</span>
        )}
      </h3>
      {told.length > 0 && (
        <ul class="bad">
          {told.map((why) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
      )}
      {own.map(({ event, as }) => (
        <p key={`${as} ${event.ref.leaf}`} class="bad">
          {w.ownWord[as](called(lots.names, event.holder))}
        </p>
      ))}
      {label.body && (
        <p class="hint">
          {w.behind} <Address address={label.body} />
        </p>
      )}
    </>
  );
}

/** When certificates that speak against a label were revoked, as far as a node tells. */
async function revocations(doubts: readonly LabelDoubt[]): Promise<Map<string, number>> {
  const refs = new Map(
    doubts.flatMap((doubt) =>
      doubt.kind === "uncertified"
        ? doubt.why
            .filter(({ problem }) => problem.kind === "revoked")
            .map(({ certificate: { ref } }) => [certificateKey(ref), ref] as const)
        : [],
    ),
  );
  const asked = await Promise.all(
    [...refs].map(async ([key, ref]) => [key, await revokedAt(ref).catch(() => null)] as const),
  );
  return new Map(asked.flatMap(([key, at_s]) => (at_s === null ? [] : [[key, at_s] as const])));
}
