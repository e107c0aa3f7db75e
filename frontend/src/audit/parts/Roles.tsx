import { type Address as Account, getAddress, isAddressEqual } from "viem";
import { functions } from "../../generated/audit";
import { nameOf as personOf } from "../../parts/Address";
import { Table } from "../../parts/Table";
import { theTown } from "../../town/folder";
import { seatName } from "../../wallet/seat";
import { formatNumber } from "../../words/format";
import { town } from "../words/town";
import { type Authority, BOX, graphOf, powersOf, seatOf } from "../roles";

const HOUR_S = 3_600;

const contractOf = (address: string): string =>
  Object.entries(theTown().contracts).find(([, known]) => isAddressEqual(known, address as Account))?.[0] ?? address;

/** A contract that holds an office goes by its name. */
const holderOf = (account: string): string => {
  const contract = contractOf(account);
  return contract === account ? personOf(getAddress(account)) : contract;
};

/** The role that Town gives to the contract of sales. */
const CONVEYANCE = 10;

function roleName(role: number): string {
  const seat = seatOf(role);
  if (role === CONVEYANCE) return town().audit.roles.conveyance;
  return seat ? seatName(seat) : town().audit.roles.unnamed(String(role));
}

const functionName = (target: string, selector: string): string =>
  functions[theTown().built[contractOf(target)] ?? ""]?.[selector] ?? selector;

/** Who may do what, as a drawing and as a table that says the same. */
export function Roles({ authority }: { authority: Authority }) {
  const w = town().audit.roles;
  const powers = powersOf(authority);
  const roles = [...new Set([...authority.members.keys(), ...powers.map(({ role }) => role)])].sort((a, b) => a - b);
  return (
    <>
      <Drawing authority={authority} />
      <p class="hint">{w.graph}</p>
      <Table
        caption={w.holders}
        rows={roles}
        columns={[
          { name: w.office, cell: roleName },
          { name: w.holders, cell: (role) => <Holders holders={authority.members.get(role)} /> },
        ]}
      />
      <Table
        caption={w.functions}
        rows={powers}
        columns={[
          { name: w.office, cell: ({ role }) => roleName(role) },
          { name: w.contract, cell: ({ target }) => contractOf(target) },
          {
            name: w.functions,
            cell: ({ target, selectors }) => selectors.map((selector) => functionName(target, selector)).join(", "),
          },
        ]}
      />
      {[...authority.closed].map((target) => (
        <p key={target}>{w.closed(contractOf(target))}</p>
      ))}
      <p class="hint">{w.admin}</p>
    </>
  );
}

function Holders({ holders }: { holders: ReadonlyMap<string, number> | undefined }) {
  const w = town().audit.roles;
  if (!holders || holders.size === 0) return <>{w.nobody}</>;
  const told = [...holders].map(([account, delay_s]) =>
    delay_s > 0 ? w.delayed(holderOf(account), w.hours(formatNumber(delay_s / HOUR_S))) : holderOf(account),
  );
  return <>{told.join(", ")}</>;
}

const PADDING = 10;

/** For the eye; the tables beside it say the same. */
function Drawing({ authority }: { authority: Authority }) {
  const graph = graphOf(authority);
  const names: Readonly<Record<string, (id: string) => string>> = {
    account: holderOf,
    role: (id) => roleName(Number(id)),
    target: contractOf,
  };
  return (
    <div class="table" role="region" aria-label={town().audit.roles.title} tabIndex={0}>
      <svg class="graph" viewBox={`-4 0 ${graph.width + 8} ${graph.height}`} width={graph.width} aria-hidden="true">
        {graph.edges.map(({ from, to, path, isDelayed }) => (
          <path key={`${from} ${to}`} class={isDelayed ? "delayed" : ""} d={path} />
        ))}
        {graph.nodes.map(({ id, column, x, y, width }) => {
          const [kind = "", rest = ""] = id.split("/");
          return (
            <g key={id} class={column === 1 ? "office" : ""}>
              <rect x={x} y={y} width={width} height={BOX} rx="8" />
              <text x={x + PADDING} y={y + BOX / 2 + 5}>
                {names[kind]?.(rest)}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
