import type { SubjectFault } from "../../ballot/subject";

/** Pourquoi un texte n’est pas une question. */
export const subjects = {
  faults: {
    noQuestion: () => "Ce texte n’est pas une question : il faut un objet en JSON, en UTF-8.",
    unknown: (key: string) => `Ce texte n’est pas une question : elle n’a pas de clé « ${key} ».`,
    again: (key: string) => `Ce texte n’est pas une question : la clé « ${key} » y est deux fois.`,
    text: (key: string) => `Ce texte n’est pas une question : « ${key} » doit être un texte qui dit quelque chose.`,
    strange: (key: string) =>
      `Ce texte n’est pas une question : « ${key} » contient un caractère qui ne montre rien et déplace ce qui se lit.`,
    options: (key: string) =>
      `Ce texte n’est pas une question : « ${key} » doit être une liste de textes, pas plus que n’en tient un bulletin.`,
    twice: (key: string) =>
      `Ce texte n’est pas une question : dans « ${key} » deux réponses se lisent de même, aux espaces et à l’écriture des accents près.`,
    kind: (key: string) => `Ce texte n’est pas une question : « ${key} » est single, approval ou points.`,
    number: (key: string) =>
      `Ce texte n’est pas une question : « ${key} » doit être un nombre entier, sans guillemets.`,
    bound: (key: string) =>
      `Ce texte n’est pas une question : « ${key} » est hors de ses bornes, ou n’est pas de cette façon de voter.`,
  } satisfies Record<SubjectFault, (key: string) => string>,
};
