/** What the chain tells of a consultation, as the audit reads it; in the worker, for there may be much of it. */
import type { AbiEvent, Address } from "viem";
import { getBlock, readContract } from "viem/actions";
import { at, chain, checkChain } from "../../chain/client";
import { logs } from "../../chain/logs";
import { consultationsAbi } from "../../generated/Consultations";
import { keyCeremonyAbi } from "../../generated/KeyCeremony";
import { theTown } from "../../town/folder";
import { LOCAL_CHAIN_ID } from "../../town/town";
import type { Site } from "../ballot/audit";
import { type Bytes, fromHex, type Hex, same, toHex } from "../ballot/bytes";
import { CeremonyReplay } from "../ballot/replay";
import { believed, type Panel } from "../ballot/acknowledged";
import { type DecodedLog, type Event, fromLog, type Opened } from "../ballot/events";
import { pointOf } from "../ballot/group";
import { type Params, paramsHash } from "../ballot/params";
import { mustSign, type Pins, pinsHash } from "../ballot/pins";
import { ruleHash } from "../ballot/rules";

/** What a job may find: each has its sentence in the words. */
export type FaultCode =
  | "otherChain" // the node is on another chain than the town: nothing is made, signed or counted by it
  | "missing" // there is no such consultation
  | "falseTerms" // what is published is not what ballots are bound to
  | "otherTerms" // this node tells other terms than those that an opened ballot was made for
  | "falseRoll" // the list published is not the roll that was sealed
  | "forgotten" // this ballot is not here any more
  | "neverVoted" // no ballot of this voter is counted yet
  | "notClosed" // the vote is not closed
  | "notCounted" // a share is asked for before the ballots are counted here
  | "notOver" // by this device's clock the vote goes on
  | "falseCount" // the ballots do not bear out what would be opened
  | "tooFew" // too few ballots are shown to be their voters'
  | "onlyVouched" // for some ballots only the contract vouches
  | "openedOther" // other totals of this vote were opened before
  | "signedOther" // something else was signed before in this step
  | "notATrustee" // a key file of nobody who holds a share
  | "notCalled" // this account is no trustee of this ceremony
  | "otherPlace" // the key file was made for another chain, contract, ceremony or other trustees
  | "otherKey" // she enrolled with another key file
  | "unsigned" // the node tells what trustees did not sign
  | "tooSmart" // so many trustees' accounts are contracts that a node and one trustee could hold the key
  | "falseKey" // the keys shown are not those that were dealt
  | "wrongShare" // her key file does not open her share
  | "unknownKey" // no published trustees have signed the key
  | "unsoundKey"; // they would not count by the key

/** The chain does not tell what it should, or not what was asked. */
export class RecordFault extends Error {
  override name = "RecordFault";
  readonly code: FaultCode;

  constructor(code: FaultCode) {
    super(code);
    this.code = code;
  }
}

interface ChainLog extends DecodedLog {
  logIndex: number;
}

const eventsOf = (abi: readonly unknown[]): AbiEvent[] =>
  (abi as readonly { type: string }[]).filter((entry): entry is AbiEvent => entry.type === "event");

const ofVotes = eventsOf(consultationsAbi);
const ofCeremonies = eventsOf(keyCeremonyAbi);

async function told(address: Address, events: readonly AbiEvent[], number: bigint): Promise<ChainLog[]> {
  const each = events.map((event) => {
    const [first] = event.inputs;
    return logs({ address, event, args: { [first?.name ?? ""]: number } });
  });
  return (await Promise.all(each)).flat();
}

const inOrder = (a: ChainLog, b: ChainLog): number => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex;

async function ceremonies(): Promise<Address> {
  return readContract(chain(), { ...at("Consultations", consultationsAbi), functionName: "CEREMONIES" });
}

async function siteOf(consultation: number): Promise<Site> {
  if (!(await checkChain())) throw new RecordFault("otherChain");
  const { address } = at("Consultations", consultationsAbi);
  const place = {
    chainId: theTown().chainId,
    consultations: fromHex(address),
    ceremonies: fromHex(await ceremonies()),
  };
  return { ...place, consultation };
}

/** Everything that both contracts said of a consultation and of its ceremony, in order. */
export async function everything(consultation: number): Promise<{ site: Site; events: Event[] }> {
  const site = await siteOf(consultation);
  const { address } = at("Consultations", consultationsAbi);
  const votes = await told(address, ofVotes, BigInt(consultation));
  const opened = votes.find(({ eventName }) => eventName === "ConsultationOpened");
  if (!opened) throw new RecordFault("missing");
  const { ceremonyId } = opened.args as { ceremonyId: bigint };
  const dealt = await told(toHex(site.ceremonies), ofCeremonies, ceremonyId);
  const place = { ...site, smart: await smartOf(toHex(site.ceremonies), dealt) };
  return { site: place, events: decoded([...dealt, ...votes].sort(inOrder), site) };
}

/** What KeyCeremony said of one ceremony, as far as it has come; `pinned`: which accounts a key file says were
 * contracts when it opened, of which no node is asked then. */
export async function ceremonyOf(id: number, pinned?: readonly Bytes[]): Promise<CeremonyReplay> {
  const site = await siteOf(0);
  const address = toHex(site.ceremonies);
  const found = await told(address, ofCeremonies, BigInt(id));
  const place = { ...site, smart: pinned ? new Set(pinned.map(toHex)) : await smartOf(address, found) };
  const replay = new CeremonyReplay();
  for (const event of decoded(found.sort(inOrder), site)) if ("id" in event) replay.take(event, place);
  return replay;
}

/** The trustees' accounts that were contracts when a ceremony opened, as this node tells. */
async function smartOf(ceremonies: Address, found: readonly ChainLog[]): Promise<Set<string>> {
  const opened = found.find(({ eventName }) => eventName === "CeremonyOpened");
  if (!opened) return new Set();
  const { id, trustees } = opened.args as { id: bigint; trustees: readonly Address[] };
  return new Set((await smartAmong(ceremonies, id, trustees)).map((account) => account.toLowerCase()));
}

async function smartAmong<A extends Address>(address: Address, id: bigint, accounts: readonly A[]): Promise<A[]> {
  const asked = { address, abi: keyCeremonyAbi, functionName: "contracts", args: [id] } as const;
  const mask = await readContract(chain(), asked);
  return accounts.filter((_, place) => (mask >> BigInt(place)) & 1n);
}

/** Lets no ballot be made for a key that the published trustees have not signed, or would not count by.
 * @throws RecordFault */
export async function requireAcknowledged(params: Params, panels: readonly Panel[]): Promise<void> {
  const { acknowledged, keys, sound } = await ceremonyOf(params.ceremony);
  const said = [...acknowledged].flatMap(([index, signature]) => {
    const shareKey = keys?.shares.get(index);
    return shareKey ? [[index, { shareKey, signature }] as const] : [];
  });
  if (!believed(panels, params, new Map(said))) throw new RecordFault("unknownKey");
  if (!sound) throw new RecordFault("unsoundKey");
}

/** What a trustee's key for a ceremony is made for, as this node tells it.
 * @throws RecordFault */
export async function pinsOf({ ceremony }: CeremonyReplay): Promise<Pins> {
  if (!ceremony) throw new RecordFault("missing");
  const { chainId, address, id, threshold, trustees, consumer } = ceremony;
  const { hash } = await getBlock(chain(), { blockNumber: 0n });
  const consultations = fromHex(at("Consultations", consultationsAbi).address);
  if (!same(consumer, consultations)) throw new RecordFault("otherPlace");
  const smart = (await smartAmong(toHex(address), BigInt(id), trustees.map(toHex))).map(fromHex);
  return {
    chainId,
    genesis: fromHex(hash),
    ceremonies: address,
    consultations,
    ceremony: id,
    threshold,
    trustees,
    smart,
  };
}

/** This device's clock, unix seconds, which no node moves; of a local chain, moved by hand, the chain's. */
export async function ownClock_s(): Promise<number> {
  const isLocal = theTown().chainId === LOCAL_CHAIN_ID;
  return isLocal ? Number((await getBlock(chain())).timestamp) : Date.now() / 1000;
}

/** Lets no key be used anywhere but where it was made for, and nobody's word be taken unsigned but theirs whose
 * accounts were contracts then.
 * @throws RecordFault */
export async function requirePinned(pins: Pins, replay: CeremonyReplay): Promise<void> {
  const shown = { ...(await pinsOf(replay)), smart: pins.smart };
  if (!same(pinsHash(pins), pinsHash(shown))) throw new RecordFault("otherPlace");
  if (mustSign(pins, replay.vouched).length) throw new RecordFault("unsigned");
}

/** What Consultations said of one consultation, in order. */
export async function votes(consultation: number): Promise<{ site: Site; events: Event[] }> {
  const site = await siteOf(consultation);
  const { address } = at("Consultations", consultationsAbi);
  const found = await told(address, ofVotes, BigInt(consultation));
  return { site, events: decoded(found.sort(inOrder), site) };
}

function decoded(found: readonly ChainLog[], site: Site): Event[] {
  return found.flatMap((log) => fromLog(log, site) ?? []);
}

/** Hashes of a question and its options, as a page names them. */
export interface Asked {
  readonly questionHash: Hex;
  readonly optionsHash: Hex;
  /** Of the rule, by which the counters are read as votes or points. */
  readonly ruleHash: Hex;
}

/** Lets no option be named by other terms than those by which a ballot is made or checked: a node may tell two.
 * @throws RecordFault */
export function requireAsked(params: Params, { questionHash, optionsHash, ruleHash: rule }: Asked): void {
  const isText = same(params.questionHash, fromHex(questionHash)) && same(params.optionsHash, fromHex(optionsHash));
  if (!isText || !same(ruleHash(params.rule), fromHex(rule))) throw new RecordFault("falseTerms");
}

/** What every ballot of a consultation is bound to, checked against the hash that the contract published.
 * @throws RecordFault when there is none, or the node does not tell the truth about it. */
export async function paramsOf(consultation: number): Promise<Params> {
  const site = await siteOf(consultation);
  const contract = at("Consultations", consultationsAbi);
  const number = BigInt(consultation);
  const [openings, terms] = await Promise.all([
    told(
      contract.address,
      ofVotes.filter(({ name }) => name === "ConsultationOpened"),
      number,
    ),
    readContract(chain(), { ...contract, functionName: "terms", args: [number] }),
  ]);
  const opened = openings.map((log) => fromLog(log, site)).find((event): event is Opened => event?.name === "opened");
  if (!opened) throw new RecordFault("missing");
  const params = { ...opened.terms, h: pointOf(terms[0].x, terms[0].y) };
  if (!same(paramsHash(params), opened.paramsHash)) throw new RecordFault("falseTerms");
  return params;
}
