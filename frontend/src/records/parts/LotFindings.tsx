import { Notice } from "../../parts/Notice";
import { type Finding, UNSOUND } from "../lots/finding";
import type { ReadLots } from "../lots/read";
import { findingTold } from "../lots/telling";
import { lots as words } from "../words/lots";

/** More are no help to who reads them. */
const MOST = 50;

/** What does not add up, in red; first that by which a lot bears no label. */
export function LotFindings({ lots, findings }: { lots: ReadLots; findings: readonly Finding[] }) {
  const w = words();
  const isUnsound = ({ doubt }: Finding): boolean => UNSOUND.has(doubt);
  const sorted = [...findings].sort((a, b) => Number(isUnsound(b)) - Number(isUnsound(a)));
  const told = [...new Set(sorted.map((finding) => findingTold(lots.names, finding)))];
  if (told.length === 0) return <Notice tone="good" live={false} title={w.clean} />;
  return (
    <Notice tone="bad" live={false} title={w.wrong}>
      <ul>
        {told.slice(0, MOST).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {told.length > MOST && <p>{w.others(told.length - MOST)}</p>}
    </Notice>
  );
}
