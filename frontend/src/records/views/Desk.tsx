import { type Address, isAddress } from "viem";
import { useState } from "preact/hooks";
import { useAct } from "../../acts/useAct";
import { head } from "../../chain/head";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { NeedsWallet } from "../../parts/NeedsWallet";
import { Page } from "../../parts/Page";
import { Progress } from "../../parts/Progress";
import { Reading } from "../../parts/Reading";
import { useRead } from "../../parts/read";
import { link } from "../../router";
import "../../style/ballot.css";
import { formatDay } from "../../words/format";
import type { OpenedSchema } from "../chain/attested";
import { type Bureau, type Series, bureauOf } from "../chain/series";
import { accredit, openSchema } from "../flows/issue";
import { fieldsIn } from "../numbers";
import { issuing } from "../words/issuing";

const DAY_S = 86_400;

/** What an account issues, the schemas that it opened, and a new one. */
export default function Desk() {
  const w = issuing();
  return (
    <Page title={w.title} lead={w.lead}>
      <NeedsWallet>{({ account }) => <Own key={account} account={account} />}</NeedsWallet>
    </Page>
  );
}

function Own({ account }: { account: Address }) {
  const read = useRead(() => bureauOf(account), [account, head.value?.number]);
  return (
    <>
      <Reading read={read}>{(bureau) => <Lists bureau={bureau} />}</Reading>
      <OpenSchema />
    </>
  );
}

function Lists({ bureau: { signed, opened } }: { bureau: Bureau }) {
  const w = issuing();
  return (
    <>
      <h2>{w.yours}</h2>
      {signed.length === 0 && <p>{w.yoursNone}</p>}
      <ul class="list polls">
        {signed.map((series) => (
          <li key={`${series.opened.schema}${series.issuer}`}>
            <Entry series={series} />
          </li>
        ))}
      </ul>
      <h2>{w.opened}</h2>
      {opened.length === 0 && <p>{w.openedNone}</p>}
      {opened.map((schema) => (
        <Accredit key={schema.schema} opened={schema} />
      ))}
    </>
  );
}

function Entry({ series: { opened, issuer, next, until_s } }: { series: Series }) {
  const w = issuing();
  const isOver = until_s <= (head.value?.timestamp_s ?? 0);
  return (
    <a href={link(`/papers/desk/${opened.schema}/${issuer}`)}>
      <span class="poll-title">{w.number(opened.schema, opened.name)}</span>
      <span class="poll-state">
        <span class={isOver ? "badge" : "badge good"}>{isOver ? w.over : w.until(formatDay(until_s - 1))}</span>
        <span class="hint">{w.next(next)}</span>
      </span>
    </a>
  );
}

/** Unix seconds at which a day to come is over; null where it is none. */
function endOf(day: string): number | null {
  const at_s = Date.parse(`${day.trim()}T00:00Z`) / 1000 + DAY_S;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day.trim()) && !Number.isNaN(at_s);
  return isDay && at_s > (head.peek()?.timestamp_s ?? 0) ? at_s : null;
}

function Accredit({ opened: { schema, name } }: { opened: OpenedSchema }) {
  const w = issuing();
  const act = useAct();
  const [form, setForm] = useState({ issuer: "", day: "" });
  const [faults, setFaults] = useState<{ issuer?: string; day?: string }>({});
  const submit = (event: Event): void => {
    event.preventDefault();
    const [issuer, until_s] = [form.issuer.trim(), endOf(form.day)];
    const isWhole = isAddress(issuer, { strict: false });
    setFaults({ ...(isWhole ? {} : { issuer: w.issuerFault }), ...(until_s ? {} : { day: w.lastDayFault }) });
    if (isWhole && until_s) void act.direct(() => accredit(schema, name, issuer, until_s));
  };
  return (
    <details>
      <summary>{w.number(schema, name)}</summary>
      <form class="stack" onSubmit={submit} noValidate>
        <TextField
          label={w.issuer}
          hint={w.issuerHint}
          value={form.issuer}
          onValue={(issuer) => setForm({ ...form, issuer })}
          fault={faults.issuer}
          input={{ autocomplete: "off", spellcheck: false, autocapitalize: "none" }}
        />
        <TextField
          label={w.lastDay}
          hint={w.lastDayHint}
          value={form.day}
          onValue={(day) => setForm({ ...form, day })}
          fault={faults.day}
        />
        <Progress act={act} done={<p class="notice-title">{w.accredited}</p>} />
        <Button type="submit" look="secondary" busy={act.isBusy}>
          {w.accredit}
        </Button>
      </form>
    </details>
  );
}

function OpenSchema() {
  const w = issuing();
  const act = useAct();
  const [form, setForm] = useState({ name: "", fields: "" });
  const [faults, setFaults] = useState<{ name?: string; fields?: string }>({});
  const submit = (event: Event): void => {
    event.preventDefault();
    const name = form.name.trim();
    const found = fieldsIn(form.fields);
    setFaults({
      ...(name ? {} : { name: w.name }),
      ...("line" in found ? { fields: w.fieldsFault(found.line) } : {}),
    });
    if (name && "fields" in found) {
      void act.direct(() => openSchema({ format: "beffroi-schema-1", name, fields: found.fields }));
    }
  };
  return (
    <details>
      <summary>{w.open}</summary>
      <form class="stack" onSubmit={submit} noValidate>
        <p>{w.openLead}</p>
        <TextField
          label={w.name}
          value={form.name}
          onValue={(name) => setForm({ ...form, name })}
          fault={faults.name}
        />
        <TextField
          label={w.fields}
          hint={w.fieldsHint}
          value={form.fields}
          onValue={(fields) => setForm({ ...form, fields })}
          fault={faults.fields}
          multiline
        />
        <Progress act={act} done={<p class="notice-title">{w.schemaOpened}</p>} />
        <Button type="submit" busy={act.isBusy}>
          {w.open}
        </Button>
      </form>
    </details>
  );
}
