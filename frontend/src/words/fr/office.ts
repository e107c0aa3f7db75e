/** The codes of the post office (beffroi/post), as its OpenAPI lists them. */
export const office = {
  slip_expired: "L’acte a passé sa date limite : rien n’a bougé. Recommencez.",
  slip_used: "Cet acte a déjà eu lieu. Regardez l’historique.",
  bad_signature: "La signature n’est pas celle du compte. Vérifiez le compte connecté, puis signez de nouveau.",
  too_many: "Trop d’actes à la fois. Attendez une minute, puis réessayez.",
  not_on_roll: "Ce compte n’est pas sur la liste de cette consultation.",
  unavailable: "Le bureau de poste est fermé pour l’instant. Réessayez plus tard.",
};
