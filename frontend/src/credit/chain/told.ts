/** What a circle told of a member, and what is vouched for her and by her. */
import { type AbiEvent, type Address, getAbiItem, zeroHash } from "viem";
import { readContract } from "viem/actions";
import { at, chain } from "../../chain/client";
import { followed } from "../../chain/followed";
import { type Log, blockTimes } from "../../chain/logs";
import { mutualCreditAbi } from "../../generated/MutualCredit";
import { keysOf } from "../../residents/keys";
import { type Movement, type Shift, movementsOf } from "../movements";
import { type Circle, readMember } from "./circle";

const PAID = getAbiItem({ abi: mutualCreditAbi, name: "CreditPaid" });
const MIXED = getAbiItem({ abi: mutualCreditAbi, name: "MixedPaid" });
const CALLED = getAbiItem({ abi: mutualCreditAbi, name: "VoucherCalled" });
const WRITTEN_OFF = getAbiItem({ abi: mutualCreditAbi, name: "WrittenOff" });
const NETTED = getAbiItem({ abi: mutualCreditAbi, name: "Netted" });
const VOUCHED = getAbiItem({ abi: mutualCreditAbi, name: "Vouched" });

const followers = new Map<string, () => Promise<Log<AbiEvent>[]>>();

/** The logs of an event in which one of these keys has one of these parts. */
async function told<const event extends AbiEvent>(
  contract: string,
  event: event,
  parts: readonly string[],
  keys: readonly Address[],
): Promise<Log<event>[]> {
  const found = parts.map((part) => {
    const name = [contract, event.name, part, ...keys].join("/");
    const query = () => ({ address: at(contract, []).address, event, args: { [part]: keys } });
    const follower = followers.get(name) ?? (followed(query) as unknown as () => Promise<Log<AbiEvent>[]>);
    followers.set(name, follower);
    return follower();
  });
  return (await Promise.all(found)).flat() as unknown as Log<event>[];
}

const mark = ({ blockNumber, logIndex, transactionHash }: Log<AbiEvent>) => ({
  block: blockNumber,
  index: logIndex,
  transaction: transactionHash,
  at_s: 0,
  backed: 0n,
  ref: zeroHash,
});

export interface History {
  movements: readonly Movement[];
  /** Whether the movements make the balance that the chain has. */
  isWhole: boolean;
}

/** Every change of a member's balance, under whatever keys she had. */
export async function readHistory(circle: Circle, account: Address): Promise<History> {
  const { contract } = circle;
  const keys = await keysOf(account);
  const [{ balance }, paid, mixed, called, writtenOff, netted] = await Promise.all([
    readMember(circle, account),
    told(contract, PAID, ["from", "to"], keys),
    told(contract, MIXED, ["from", "to"], keys),
    told(contract, CALLED, ["voucher", "member"], keys),
    told(contract, WRITTEN_OFF, ["member", "commons"], keys),
    told(contract, NETTED, ["member"], keys),
  ]);
  const shifts: Shift[] = [
    ...paid.map((it) => ({ ...mark(it), nature: "payment" as const, ...it.args })),
    ...mixed.map((it) => {
      const { from, to, ref, backed_cents: backed, credit_cents: amount } = it.args;
      return { ...mark(it), nature: "payment" as const, from, to, ref, backed, amount };
    }),
    ...called.map((it) => {
      const { voucher: from, member: to, borne: amount } = it.args;
      return { ...mark(it), nature: "called" as const, from, to, amount };
    }),
    ...writtenOff.map((it) => {
      const { member: from, commons: to, balance: amount } = it.args;
      return { ...mark(it), nature: "writtenOff" as const, from, to, amount };
    }),
    ...netted.map((it) => {
      const { member: from, bankReference: ref, amount } = it.args;
      return { ...mark(it), nature: "netted" as const, from, to: null, ref, amount };
    }),
  ];
  const times = await blockTimes(shifts.map(({ block }) => block));
  const movements = movementsOf(
    keys,
    shifts.map((it) => ({ ...it, at_s: times.get(it.block) ?? 0 })),
  );
  return { movements, isWhole: (movements.at(-1)?.balance ?? 0n) === balance };
}

/** What one vouches for another, by the names that they vouched under. */
export interface Vouch {
  voucher: Address;
  member: Address;
  amount: bigint;
}

/** The vouches that stand: those that somebody gave, and those that were given for her. */
export async function readVouches(
  { contract }: Circle,
  account: Address,
): Promise<{ given: readonly Vouch[]; had: readonly Vouch[] }> {
  const keys = await keysOf(account);
  const events = await told(contract, VOUCHED, ["voucher", "member"], keys);
  const pairs = [...new Map(events.map(({ args }) => [`${args.voucher}/${args.member}`, args])).values()];
  const amounts = await Promise.all(
    pairs.map(({ voucher, member }) => {
      const call = { functionName: "vouchOf", args: [voucher, member] } as const;
      return readContract(chain(), { ...at(contract, mutualCreditAbi), ...call });
    }),
  );
  const standing = pairs
    .map(({ voucher, member }, place) => ({ voucher, member, amount: amounts[place] ?? 0n }))
    .filter(({ amount }) => amount > 0n);
  return {
    given: standing.filter(({ voucher }) => keys.includes(voucher)),
    had: standing.filter(({ member }) => keys.includes(member)),
  };
}
