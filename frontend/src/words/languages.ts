/**
 * The languages of the dApp, in the order in which they are preferred. A language is a line here, and its files
 * `words/<tag>/`.
 */
export const LANGUAGES = [
  { tag: "fr", name: "Français", locale: "fr-FR" },
  { tag: "en", name: "English", locale: "en-GB" },
] as const;

export type Language = (typeof LANGUAGES)[number]["tag"];
