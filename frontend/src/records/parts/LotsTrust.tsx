import { nameOf } from "../../parts/Address";
import { Notice } from "../../parts/Notice";
import { formatMoment } from "../../words/format";
import type { ReadLots } from "../lots/read";
import { faultTold } from "../told";
import { lots as words } from "../words/lots";

/** Which files are none, or do not count, in red; whose word all that follows is. */
export function LotsTrust({ lots: { asOf_s, unreadable, unsealed, strange, unshown } }: { lots: ReadLots }) {
  const w = words();
  return (
    <>
      {unreadable.map(({ path, fault }) => (
        <Notice key={path} tone="bad" live={false} title={w.unreadable}>
          <p>
            {path} : {faultTold(fault)}
          </p>
        </Notice>
      ))}
      <Counted title={w.unsealed} files={unsealed} />
      <Counted title={w.strange} files={strange} />
      {asOf_s === null ? (
        <p class="hint">{w.byNode}</p>
      ) : (
        <Notice tone="warn" live={false}>
          <p>{w.byList(formatMoment(asOf_s))}</p>
        </Notice>
      )}
      {unshown.map(({ schema, issuer, count }) => (
        <Notice key={`${schema}:${issuer}`} tone="warn" live={false}>
          <p>{w.unshown(nameOf(issuer), count)}</p>
        </Notice>
      ))}
    </>
  );
}

function Counted({ title, files }: { title: string; files: ReadLots["unsealed"] }) {
  if (files.length === 0) return null;
  return (
    <Notice tone="bad" live={false} title={title}>
      <ul>
        {files.map(({ path, count }) => (
          <li key={path}>{words().unsealedOne(path, count)}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** What the chain does not prove, and what the page does not check. */
export function LotsLimit() {
  const w = words();
  return (
    <p class="hint">
      {w.limit} {w.hash}
    </p>
  );
}
