import type { clearing as fr } from "../fr/clearing";

/** What is signed in an operation. */
export const clearing: typeof fr = {
  deposit: {
    explain: (amount, cap) => `Pay in ${amount}, and allow ${cap} a period at most`,
    amount: "Paid in",
    cap: "Cap per period",
    organiser: "Organiser",
    arbiter: "Arbiter",
    contest: "Time to contest",
    rules: "Fingerprint of the rules",
    consequence: "The organiser may charge up to the cap, after a public delay in which one contests.",
  },
  cap: {
    explain: (cap) => `Set the cap to ${cap} a period`,
    consequence:
      "A lower one counts from the next settlement on: the organiser carries what is above it. A higher one, from the next statement on.",
  },
  take: {
    explain: (amount) => `Take back ${amount}`,
    consequence: "What your bill then lacks is advanced by the organiser, who will ask you for it.",
  },
  leave: {
    explain: "Leave the operation and take everything back",
    consequence: "Your mandate ends. What is held for the arbiter is yours again once it is ruled on.",
  },
  contest: {
    explain: (period) => `Contest my line of period ${period}`,
    reason: "Reason",
    hash: "Fingerprint of the reason",
    consequence: "Your line is held until the arbiter rules; its silence is in your favour.",
  },
  rule: {
    explain: (member, period) => `Rule on the line of ${member}, period ${period}`,
    due: "Due to the organiser",
    consequence: "The rest goes back to this member. One rules once only.",
  },
  settle: {
    explain: (period, lines) => `Settle period ${period}: ${lines} ${lines < 2 ? "line" : "lines"}`,
  },
  release: {
    explain: (member, period) => `Give ${member} back what is held for period ${period}`,
  },
  retract: {
    explain: (period) => `Take back the statement of period ${period}`,
  },
};
