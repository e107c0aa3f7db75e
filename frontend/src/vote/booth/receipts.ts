import type { Address } from "viem";
import { same } from "../ballot/bytes";
import { parseReceipt, type Receipt, ReceiptError, receiptText } from "../ballot/receipt";
import { keep, kept } from "../../store/local";
import { listOf, text } from "../../store/schema";
import { theTown } from "../../town/folder";

const keyOf = (consultation: number, account: Address): string =>
  `receipts/${theTown().contracts["Consultations"]}/${consultation}/${account}`;

/** The receipts that this browser kept of someone's ballots, the newest first. */
export function receiptsOf(consultation: number, account: Address): Receipt[] {
  return kept(keyOf(consultation, account), listOf(text), []).flatMap((receipt) => {
    try {
      return [parseReceipt(receipt)];
    } catch (error) {
      if (error instanceof ReceiptError) return [];
      throw error;
    }
  });
}

/** Keeps a receipt, once. */
export function keepReceipt(account: Address, receipt: Receipt): void {
  const before = receiptsOf(receipt.consultation, account);
  const others = before.filter(({ ballotHash }) => !same(ballotHash, receipt.ballotHash));
  keep(keyOf(receipt.consultation, account), [receipt, ...others].map(receiptText));
}

/** Hands a text to the person as a file. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
