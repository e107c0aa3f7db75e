/** Ce que l’on signe dans une opération. */
export const clearing = {
  deposit: {
    explain: (amount: string, cap: string) => `Verser ${amount}, et autoriser au plus ${cap} par période`,
    amount: "Versement",
    cap: "Plafond par période",
    organiser: "Organisateur",
    arbiter: "Arbitre",
    contest: "Délai pour contester",
    rules: "Empreinte des règles",
    consequence: "L’organisateur pourra prélever jusqu’au plafond, après un délai public où l’on conteste.",
  },
  cap: {
    explain: (cap: string) => `Fixer le plafond à ${cap} par période`,
    consequence:
      "Plus bas, il compte dès la prochaine clôture : ce qui le dépasse reste à l’organisateur. Plus haut, dès la prochaine période déclarée.",
  },
  take: {
    explain: (amount: string) => `Reprendre ${amount}`,
    consequence: "Ce qui manquera à votre facture sera avancé par l’organisateur, qui vous le réclamera.",
  },
  leave: {
    explain: "Quitter l’opération et tout reprendre",
    consequence: "Votre mandat prend fin. Ce qui est retenu pour l’arbitre vous revient quand il a tranché.",
  },
  contest: {
    explain: (period: number) => `Contester ma ligne de la période ${period}`,
    reason: "Motif",
    hash: "Empreinte du motif",
    consequence: "Votre ligne est retenue jusqu’à l’avis de l’arbitre ; son silence vous donne raison.",
  },
  rule: {
    explain: (member: string, period: number) => `Trancher la ligne de ${member}, période ${period}`,
    due: "Dû à l’organisateur",
    consequence: "Le reste revient à ce membre. On ne tranche qu’une fois.",
  },
  settle: {
    explain: (period: number, lines: number) =>
      `Clore la période ${period} : ${lines} ${lines < 2 ? "ligne" : "lignes"}`,
  },
  release: {
    explain: (member: string, period: number) => `Rendre à ${member} ce qui est retenu pour la période ${period}`,
  },
  retract: {
    explain: (period: number) => `Retirer le relevé de comptes de la période ${period}`,
  },
};
