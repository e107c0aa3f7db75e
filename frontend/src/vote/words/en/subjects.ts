import type { subjects as fr } from "../fr/subjects";

export const subjects: typeof fr = {
  faults: {
    noQuestion: () => "This text is no question: an object in JSON, in UTF-8, is needed.",
    unknown: (key) => `This text is no question: one has no key “${key}”.`,
    again: (key) => `This text is no question: the key “${key}” stands in it twice.`,
    text: (key) => `This text is no question: “${key}” must be a text that says something.`,
    strange: (key) =>
      `This text is no question: “${key}” holds a character that shows nothing and moves what is shown.`,
    options: (key) => `This text is no question: “${key}” must be a list of texts, no more than a ballot holds.`,
    twice: (key) =>
      `This text is no question: in “${key}” two answers read the same, but for spaces or the way accents are written.`,
    kind: (key) => `This text is no question: “${key}” is single, approval or points.`,
    number: (key) => `This text is no question: “${key}” must be a whole number, without quotes.`,
    bound: (key) => `This text is no question: “${key}” is out of bounds, or not of this way to vote.`,
  },
};
