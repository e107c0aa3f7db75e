/** What is signed of a circle, as beffroi/credit/creditslips.py has it. */
import { type Address, type Hex, encodeAbiParameters, keccak256, parseAbiParameters } from "viem";

const field = (type: string, name: string) => ({ name, type });
const VOUCHING = [
  field("address", "voucher"),
  field("address", "member"),
  field("uint256", "amount"),
  field("uint256", "deadline"),
];
const ENDING = [field("bytes32", "ref"), field("uint256", "nonce"), field("uint256", "deadline")];

/** Each by its primary type. */
export const SLIPS = {
  CreditPayment: [field("address", "from"), field("address", "to"), field("uint256", "amount"), ...ENDING],
  MixedPayment: [
    field("address", "from"),
    field("address", "to"),
    field("uint256", "amount_cents"),
    field("uint256", "mostCredit_cents"),
    ...ENDING,
  ],
  Vouch: VOUCHING,
  Unvouch: VOUCHING,
} as const;

/** ERC-2612's, by which the circle is let take money of a payer. */
export const PERMIT = {
  Permit: [
    field("address", "owner"),
    field("address", "spender"),
    field("uint256", "value"),
    field("uint256", "nonce"),
    field("uint256", "deadline"),
  ],
} as const;

const PAID_ONCE = parseAbiParameters("address, uint256, bytes32");

/** The nonce of a payment under a reference, by page or by command: another payment has another. */
export const creditNonce = (to: Address, amount: bigint, ref: Hex): Hex =>
  keccak256(encodeAbiParameters(PAID_ONCE, [to, amount, ref]));
