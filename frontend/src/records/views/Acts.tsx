import { useState } from "preact/hooks";
import { download } from "../../csv";
import { nameOf } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import "../../style/records.css";
import { townFile } from "../../town/folder";
import { formatHash, formatMoment } from "../../words/format";
import type { RegisterProblem } from "../paper/actaudit";
import { ActCard, Gap } from "../parts/ActCard";
import { type ReadRegister, type Registers, readRegisters } from "../register";
import { type Row, isFound, rowsOf } from "../rows";
import { acts } from "../words/acts";

/** More are told by their number alone: a stranger may open as many as they like. */
const MOST_UNSHOWN = 5;

/** The town's acts: each with its proof, what is missing and what came late in red. */
export default function Acts() {
  const w = acts();
  const read = useRead(readRegisters, []);
  return (
    <Page title={w.title} lead={w.lead}>
      <Reading read={read}>
        {({ shown, unshown }) => (
          <>
            {shown.map((it) => (
              <Register key={`${it.register.schema}${it.register.issuer}`} read={it} />
            ))}
            {shown.length === 0 && <p>{w.none}</p>}
            <Unshown series={unshown} />
          </>
        )}
      </Reading>
      <p class="hint">{w.limit}</p>
    </Page>
  );
}

/** What this site leaves out, as far as a node tells. */
function Unshown({ series }: { series: Registers["unshown"] }) {
  const w = acts();
  if (series === null) return <p class="hint">{w.unshownUnasked}</p>;
  if (series.length === 0) return null;
  return (
    <Notice tone="warn" live={false} title={w.unshown(series.length)}>
      <ul>
        {series.slice(0, MOST_UNSHOWN).map(({ schema, issuer }) => (
          <li key={`${schema}${issuer}`}>{w.unshownOne(schema, nameOf(issuer))}</li>
        ))}
      </ul>
      <p>{w.unshownWhy}</p>
    </Notice>
  );
}

function Register({ read: { register, audit, elsewhere, unreadable, asOf_s } }: { read: ReadRegister }) {
  const w = acts();
  const [sought, setSought] = useState("");
  const rows = rowsOf(audit).filter((row) => isFound(row, sought));
  const isWordOnly = audit.acts.some(({ executedBy }) => executedBy.some(({ isToldOnly }) => isToldOnly));
  const found = rows.filter(({ kind }) => kind === "act").length;
  return (
    <section class="stack">
      <h2>{w.of(nameOf(register.issuer))}</h2>
      {asOf_s === null ? (
        <p class="hint">{w.byNode}</p>
      ) : (
        <Notice tone="warn" live={false}>
          <p>{w.byList(formatMoment(asOf_s))}</p>
        </Notice>
      )}
      <p class="hint">{w.whose}</p>
      {asOf_s === null && isWordOnly && <p class="hint">{w.byWord}</p>}
      <Problems
        problems={audit.problems}
        isClean={audit.problems.length === 0 && !audit.acts.some(({ problems }) => problems.length > 0)}
        isCompared={asOf_s === null}
      />
      {elsewhere.map(({ call, issuer }) => (
        <p key={`${call.hash}${call.transaction}`} class="hint">
          {w.elsewhere(call.what, formatHash(call.transaction), nameOf(issuer))}
        </p>
      ))}
      {unreadable.map(({ path, why }) => (
        <Notice key={path} tone="bad" live={false} title={w.unreadable}>
          <p>
            {path} : {why}
          </p>
        </Notice>
      ))}
      <div class="actions">
        <Button look="secondary" onClick={() => void save(register.scdl)}>
          {w.scdl}
        </Button>
      </div>
      <TextField label={w.filter} hint={w.filterHint} value={sought} onValue={setSought} />
      <p class="hint" role="status">
        {w.found(found, audit.acts.length)}
      </p>
      <ol class="acts">
        {rows.map((row) => (
          <li key={keyOf(row)}>
            {row.kind === "act" ? <ActCard audited={row.audited} isCompared={asOf_s === null} /> : <Gap gap={row} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Hands over a file of the town's, also where the town is inside the page. */
async function save(path: string): Promise<void> {
  const text = await townFile(path).catch(() => null);
  if (text !== null) download(path.replace("/", "-"), text);
}

const keyOf = (row: Row): string => (row.kind === "act" ? String(row.audited.act.place) : row.number);

function Problems({
  problems,
  isClean,
  isCompared,
}: {
  problems: readonly RegisterProblem[];
  isClean: boolean;
  isCompared: boolean;
}) {
  const w = acts();
  if (isClean) return <Notice tone={isCompared ? "good" : "info"} live={false} title={w.clean} />;
  if (problems.length === 0) return null;
  return (
    <Notice tone="bad" live={false} title={w.problems}>
      <ul>
        {problems.map((problem) => (
          <li key={JSON.stringify(problem)}>
            {(w.told.register[problem.kind] as (it: RegisterProblem) => string)(problem)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
