import { formatCents, formatMoment } from "../../../words/format";
import type { Refusals } from "../../../words/refusal";

const amount = (cents: unknown): string => formatCents(BigInt(cents as bigint));
const moment = (seconds: unknown): string => formatMoment(seconds as bigint);

/** Ce que les opérations d’énergie refusent, et que faire. */
export const refusals = {
  Clearing_InvalidParties: () => "Une opération a un organisateur et un arbitre, deux comptes différents.",
  Clearing_InvalidHours: (most) => `Les délais vont d’une heure à ${most} heures.`,
  Clearing_NotOpened: () => "Personne n’a ouvert cette opération.",
  Clearing_NoAmount: () => "Indiquez un montant plus grand que zéro.",
  Clearing_BalanceTooLow: (balance) => `Vous n’avez que ${amount(balance)} dans l’opération.`,
  Clearing_NotNext: (next) => `La prochaine déclaration porte le n° ${next}.`,
  Clearing_PeriodSettled: (settled) => `Les périodes jusqu’à ${settled} sont closes.`,
  Clearing_StillOpen: (until) => `Une autre déclaration peut encore être close, jusqu’au ${moment(until)}.`,
  Clearing_LinesOutOfBounds: (_, most) => `Une déclaration a de une à ${most} lignes.`,
  Clearing_OtherStatement: () => "L’organisateur a déclaré autre chose entre-temps : relisez avant de signer.",
  Clearing_WrongStatus: () => "Ce n’est pas, ou plus, le moment : regardez où en est la période.",
  Clearing_AlreadyContested: () => "Vous avez déjà contesté cette période.",
  Clearing_MayNotContest: () => "L’organisateur et l’arbitre ne contestent pas.",
  Clearing_OnlyRefuter: () => "Seul le contrat des compteurs annule une déclaration fausse.",
  Clearing_OtherLines: () => "Ces lignes ne sont pas celles qui ont été déclarées.",
  Clearing_LinesUnordered: (place) => `La ligne n° ${place} n’est pas à sa place, ou est nulle.`,
  Clearing_NotZeroSum: () => "Ce que les lignes prélèvent n’est pas ce qu’elles versent.",
  Clearing_OrganiserShort: (missing) => `Il manque ${amount(missing)} à l’organisateur : qu’il les verse d’abord.`,
  Clearing_NothingHeld: () => "Rien n’est retenu pour cette ligne : elle est tranchée, ou n’a pas été contestée.",
  Clearing_DueTooHigh: (_, held) => `On ne peut devoir plus que ce qui est retenu : ${amount(held)}.`,
  Clearing_TooLate: (until) => `L’arbitre avait jusqu’au ${moment(until)} : tout revient au membre.`,
  Clearing_TooEarly: (until) => `L’arbitre peut encore trancher, jusqu’au ${moment(until)}.`,
} satisfies Refusals;
