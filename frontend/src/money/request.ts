import {
  type Address,
  type Hex,
  bytesToHex,
  encodeAbiParameters,
  getAddress,
  isAddress,
  keccak256,
  parseAbiParameters,
  size,
  toHex,
} from "viem";

/** A deadline that never comes. */
export const FOREVER = 2n ** 256n - 1n;

/** A request to be paid, as beffroi/currency/requests.py has it: the QR carries all of it, nobody stores it. */
export interface PaymentRequest {
  chainId: number;
  currency: Address;
  payee: Address;
  amount_cents: bigint;
  /** What for; the payer sees it, the chain does not. At most 200 bytes. */
  memo: string;
  /** Unix seconds before which a slip pays it. */
  before_s: bigint;
  salt: Hex;
}

export const MEMO_BYTES = 200;

/** What was scanned is not a payment request ("unreadable"), or was changed on its way ("forged"). */
export class RequestError extends Error {
  override name = "RequestError";
  constructor(readonly fault: "unreadable" | "forged") {
    super(fault);
  }
}

const TYPE =
  "PaymentRequest(uint256 chainId,address currency,address payee,uint256 amount,string memo,uint256 validBefore,bytes32 salt)";
const MEMBERS = parseAbiParameters("bytes32, uint256, address, address, uint256, bytes32, uint256, bytes32");

/** Its name, the EIP-712 struct hash: the reference of a payment without a slip. */
export function requestHash({ chainId, currency, payee, amount_cents, memo, before_s, salt }: PaymentRequest): Hex {
  const values = [
    keccak256(toHex(TYPE)),
    BigInt(chainId),
    currency,
    payee,
    amount_cents,
    keccak256(toHex(memo)),
    before_s,
    salt,
  ] as const;
  return keccak256(encodeAbiParameters(MEMBERS, values));
}

const SPENT = parseAbiParameters("address, uint256, bytes32");

/** What whoever pays it spends, by slip or by `payRequest`: a nonce of the payer's own, so that each pays it once. */
export const requestNonce = (request: PaymentRequest): Hex =>
  keccak256(encodeAbiParameters(SPENT, [request.payee, request.amount_cents, requestHash(request)]));

const quote = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** What the QR holds: ERC-681, so that a wallet that knows nothing of requests can pay it as it is. */
export function requestUri(request: PaymentRequest): string {
  const { chainId, currency, payee, amount_cents, memo, before_s, salt } = request;
  const query = {
    address: getAddress(payee),
    uint256: amount_cents.toString(),
    bytes32: requestHash(request),
    memo,
    before: before_s === FOREVER ? "" : before_s.toString(),
    salt,
  };
  const shown = Object.entries(query).filter(([, value]) => value);
  return `ethereum:${getAddress(currency)}@${chainId}/payRequest?${shown.map(([name, value]) => `${name}=${quote(value)}`).join("&")}`;
}

/** A request that differs from every other. */
export function newRequest(request: Omit<PaymentRequest, "salt">): PaymentRequest {
  return { ...request, salt: bytesToHex(crypto.getRandomValues(new Uint8Array(32))) };
}

const URI = /^ethereum:(?:pay-)?(0x[0-9a-fA-F]{40})@(\d+)\/payRequest\?(.+)$/;
const NEEDED = ["address", "uint256", "bytes32", "salt"];
const ALLOWED = new Set([...NEEDED, "memo", "before"]);

function digits(text: string): bigint {
  if (!/^[0-9]{1,78}$/.test(text)) throw new RequestError("unreadable");
  return BigInt(text);
}

/**
 * The request that a QR holds.
 *
 * @throws RequestError where it is none, something in it stands twice, or its hash is another request's
 */
export function parseRequest(uri: string): PaymentRequest {
  const [, currency = "", chainId = "", search = ""] = URI.exec(uri.trim()) ?? [];
  const pairs = [...new URLSearchParams(search)];
  const query = new Map(pairs);
  const isShaped =
    query.size === pairs.length &&
    NEEDED.every((key) => query.has(key)) &&
    [...query.keys()].every((key) => ALLOWED.has(key));
  if (!isShaped) throw new RequestError("unreadable");
  const payee = query.get("address") ?? "";
  const salt = (query.get("salt") ?? "").toLowerCase() as Hex;
  const before = query.get("before");
  const memo = query.get("memo") ?? "";
  if (!isAddress(payee, { strict: false }) || !/^0x[0-9a-f]{64}$/.test(salt)) throw new RequestError("unreadable");
  const request: PaymentRequest = {
    chainId: Number(chainId),
    currency: getAddress(currency),
    payee: getAddress(payee),
    amount_cents: digits(query.get("uint256") ?? ""),
    memo,
    before_s: before === undefined ? FOREVER : digits(before),
    salt,
  };
  const { amount_cents, before_s } = request;
  const isPayable =
    amount_cents > 0n &&
    amount_cents < 2n ** 80n &&
    before_s > 0n &&
    before_s <= FOREVER &&
    Number.isSafeInteger(request.chainId) &&
    size(toHex(memo)) <= MEMO_BYTES;
  if (!isPayable) throw new RequestError("unreadable");
  if (requestHash(request) !== query.get("bytes32")?.toLowerCase()) throw new RequestError("forged");
  return request;
}

/** What a QR may hold for us: a request, or someone's address. */
export type Scanned = { request: PaymentRequest } | { address: Address };

/** @throws RequestError */
export function readScan(text: string): Scanned {
  const bare = text
    .trim()
    .replace(/^ethereum:/, "")
    .replace(/@\d+$/, "");
  if (isAddress(bare, { strict: /[A-F]/.test(bare) && /[a-f]/.test(bare.slice(2)) }))
    return { address: getAddress(bare) };
  return { request: parseRequest(text) };
}
