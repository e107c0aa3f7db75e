import type { recovery as fr } from "../fr/recovery";

export const recovery: typeof fr = {
  title: "Change of key",
  none: "No change of key is asked for your account.",
  lead: (when: string) =>
    `The registrar proposes that another key replace yours. On ${when}, your money and your enrolment pass to it.`,
  successor: "New key",
  from: "From",
  yours: "If you asked for it, do nothing. If not, veto it: your key is enough.",
  confirmed: "A court confirmed it by order: you can no longer veto it. If it is a mistake, write to the court now.",
  veto: "Veto it",
  done: "You vetoed it: your key remains yours.",
  signing: {
    title: "Veto the change of key",
    account: "Your account",
    successor: "Refused key",
    from: "It was to serve from",
  },
};
