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
import { formatMoment } from "../../words/format";
import type { RegisterProblem } from "../paper/actaudit";
import { ActCard, Gap } from "../parts/ActCard";
import { type ReadRegister, readRegisters } from "../register";
import { type Row, isFound, rowsOf } from "../rows";
import { acts } from "../words/acts";

/** The town's acts: each with its proof, what is missing and what came late in red. */
export default function Acts() {
  const w = acts();
  const read = useRead(readRegisters, []);
  return (
    <Page title={w.title} lead={w.lead}>
      <Reading read={read}>
        {(registers) =>
          registers.length ? (
            registers.map((it) => <Register key={`${it.register.schema}${it.register.issuer}`} read={it} />)
          ) : (
            <p>{w.none}</p>
          )
        }
      </Reading>
      <p class="hint">{w.limit}</p>
    </Page>
  );
}

function Register({ read: { register, audit, unreadable, asOf_s } }: { read: ReadRegister }) {
  const w = acts();
  const [sought, setSought] = useState("");
  const rows = rowsOf(audit).filter((row) => isFound(row, sought));
  const found = rows.filter(({ kind }) => kind === "act").length;
  return (
    <section class="stack">
      <h2>{w.of(nameOf(register.issuer))}</h2>
      <p class="hint">{asOf_s === null ? w.byNode : w.byList(formatMoment(asOf_s))}</p>
      <Problems problems={audit.problems} isLate={audit.acts.some(({ problems }) => problems.length > 0)} />
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
            {row.kind === "act" ? <ActCard audited={row.audited} /> : <Gap number={row.number} />}
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

function Problems({ problems, isLate }: { problems: readonly RegisterProblem[]; isLate: boolean }) {
  const w = acts();
  if (problems.length === 0) return isLate ? null : <Notice tone="good" live={false} title={w.clean} />;
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
