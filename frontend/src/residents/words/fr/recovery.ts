/** A change of key that was proposed for one's account, and the veto against it. */
export const recovery = {
  title: "Changement de clé",
  none: "Aucun changement de clé n’est demandé pour votre compte.",
  lead: (when: string) =>
    `L’officier d’état civil propose qu’une autre clé remplace la vôtre. Le ${when}, votre argent et votre inscription passeront à la nouvelle.`,
  successor: "Nouvelle clé",
  from: "À partir du",
  yours: "Si c’est vous qui l’avez demandé, ne faites rien. Sinon, opposez-vous : votre clé suffit.",
  confirmed:
    "Un tribunal l’a confirmé par une décision : vous ne pouvez plus vous y opposer. Si c’est une erreur, écrivez-lui sans attendre.",
  veto: "M’opposer",
  done: "Vous vous êtes opposé : votre clé reste la vôtre.",
  signing: {
    title: "S’opposer au changement de clé",
    account: "Votre compte",
    successor: "Clé refusée",
    from: "Elle devait valoir à partir du",
  },
};
