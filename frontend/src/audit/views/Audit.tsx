import { useState } from "preact/hooks";
import type { Address as Account } from "viem";
import { download } from "../../csv";
import { head } from "../../chain/head";
import { townDeskAbi } from "../../generated/TownDesk";
import { entries } from "../../land/register";
import { Address } from "../../parts/Address";
import { Button } from "../../parts/Button";
import { Notice } from "../../parts/Notice";
import { Page } from "../../parts/Page";
import { Reading } from "../../parts/Reading";
import { Table } from "../../parts/Table";
import { useRead } from "../../parts/read";
import "../../style/land.css";
import { theTown } from "../../town/folder";
import { formatHash, formatNumber, formatShortMoment } from "../../words/format";
import { town } from "../words/town";
import { checkCodes } from "../codes";
import { type Line, journalCsv, readJournal } from "../journal";
import { authorityOf } from "../roles";
import { Roles } from "../parts/Roles";

/** What anyone can verify of a town: its code, its authority, its journal. */
export default function Audit() {
  const w = town().audit;
  const authority = useRead(
    async () =>
      authorityOf(
        await entries("Town", townDeskAbi, [
          ["RoleGranted"],
          ["RoleRevoked"],
          ["TargetFunctionRoleUpdated"],
          ["TargetClosed"],
        ]),
      ),
    [head.value?.number],
  );
  return (
    <Page title={w.title} lead={w.lead}>
      <Codes />
      <section>
        <h2>{w.roles.title}</h2>
        <p class="hint">{w.roles.lead}</p>
        <Reading read={authority}>{(found) => <Roles authority={found} />}</Reading>
      </section>
      <Journal />
    </Page>
  );
}

function Codes() {
  const w = town().audit.codes;
  const read = useRead(checkCodes, []);
  return (
    <section>
      <h2>{w.title}</h2>
      <p class="hint">{w.lead}</p>
      <Reading read={read}>
        {(checks) => {
          const wrong = checks.filter(({ isSame }) => !isSame).length;
          return (
            <>
              <Notice tone={wrong === 0 ? "good" : "bad"} live={false}>
                <p class="notice-title">
                  {wrong === 0 ? w.allSame(formatNumber(checks.length)) : w.differ(formatNumber(wrong))}
                </p>
              </Notice>
              <Table
                caption={w.title}
                hideCaption
                rows={checks}
                columns={[
                  { name: w.contract, cell: ({ name }) => name },
                  {
                    name: w.hash,
                    cell: ({ isSame, found, recorded }) => (
                      <>
                        <span class={isSame ? "badge good" : "badge"}>
                          {isSame ? w.same : found ? w.other : w.gone}
                        </span>{" "}
                        <span title={recorded}>{formatHash(recorded)}</span>
                      </>
                    ),
                  },
                  { name: w.address, cell: ({ address }) => <Address address={address} copy /> },
                  { name: w.block, cell: ({ block }) => formatNumber(block), numeric: true },
                ]}
              />
            </>
          );
        }}
      </Reading>
    </section>
  );
}

const MOST_SHOWN = 25;

function Journal() {
  const w = town().audit.journal;
  const [contract, setContract] = useState("");
  const read = useRead(() => readJournal(), [head.value?.number]);
  return (
    <section>
      <h2>{w.title}</h2>
      <Reading read={read}>
        {({ lines, first }) => {
          const kept = contract === "" ? lines : lines.filter((line) => line.contract === contract);
          return (
            <>
              <p class="hint">{w.lead(formatNumber(first))}</p>
              <div class="field">
                <label for="journal-contract">{w.filter}</label>
                <select
                  id="journal-contract"
                  value={contract}
                  onChange={(event) => setContract(event.currentTarget.value)}
                >
                  <option value="">{w.all}</option>
                  {Object.keys(theTown().contracts).map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              </div>
              {kept.length === 0 ? <p>{w.none}</p> : <Lines lines={kept} />}
              <Button look="secondary" onClick={() => download(`journal-${theTown().town}.csv`, journalCsv(kept))}>
                {w.csv}
              </Button>
            </>
          );
        }}
      </Reading>
    </section>
  );
}

function Lines({ lines }: { lines: readonly Line[] }) {
  const w = town().audit.journal;
  const shown = lines.slice(0, MOST_SHOWN);
  return (
    <>
      <Table
        caption={w.title}
        hideCaption
        rows={shown}
        columns={[
          { name: w.when, cell: ({ time_s }) => formatShortMoment(time_s) },
          { name: w.event, cell: ({ contract, event }) => `${contract} · ${event}` },
          { name: w.args, cell: ({ args }) => <Arguments args={args} /> },
          { name: w.block, cell: ({ block }) => formatNumber(block), numeric: true },
        ]}
      />
      {shown.length < lines.length && (
        <p class="hint">{w.shown(formatNumber(shown.length), formatNumber(lines.length))}</p>
      )}
    </>
  );
}

const isAccount = (value: string): boolean => /^0x[0-9a-fA-F]{40}$/.test(value);
const isWord = (value: string): boolean => /^0x[0-9a-fA-F]{64}$/.test(value);
const MOST_TEXT = 36;

function Arguments({ args }: { args: Line["args"] }) {
  return (
    <span class="arguments">
      {args.map(([name, value], place) => (
        <span key={name}>
          {place > 0 && " · "}
          {name} {""}
          {isAccount(value) ? (
            <Address address={value as Account} />
          ) : (
            <span title={value}>{isWord(value) ? formatHash(value as Account) : value.slice(0, MOST_TEXT)}</span>
          )}
        </span>
      ))}
    </span>
  );
}
