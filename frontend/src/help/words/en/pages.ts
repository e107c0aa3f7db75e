import type { pages as fr } from "../fr/pages";

export const pages: typeof fr = {
  help: {
    title: "Help",
    lead: "Beffroi is the town’s counter. Everything that can be looked at is open to all; to act, you need a wallet.",
    sections: [
      {
        title: "What it is for",
        paragraphs: [],
        list: [
          "Pay and get paid in local money, free of charge. A unit is worth a euro, kept in reserve.",
          "Vote in consultations: your ballot is encrypted on your device, nobody can read it, anyone can check the count.",
          "Follow officials’ promises, and judge what is kept.",
          "See parcels, land titles and sales.",
        ],
      },
      {
        title: "The wallet",
        paragraphs: [
          "It is an app, or an extension of the browser, that keeps your key. With it you sign your acts, as one signs a paper at the counter. The town does not know that key and cannot sign in your place.",
          "Install a well-known Ethereum wallet, write its recovery words on paper, then give your address (0x…) to the town hall, which enrols it. Come back and choose “Connect”.",
        ],
      },
      {
        title: "Who pays the fees",
        paragraphs: [
          "You need no cryptocurrency. You sign; the town’s post office sends the act and pays the fees. It can refuse to send, never change what you signed.",
        ],
      },
      {
        title: "Before you sign",
        paragraphs: [
          "This page always says in plain words what you are about to sign, on which network, until when, and who pays. Your wallet should show the same. If in doubt, refuse: nothing moves.",
        ],
      },
      {
        title: "If you lose your key",
        paragraphs: [
          "Go to the town hall. The registrar proposes a new key; after a public delay, your money and your enrolment pass to it. Meanwhile the old key can veto: nobody can be replaced in secret.",
        ],
      },
      {
        title: "What is public",
        paragraphs: [
          "Payments, titles and encrypted ballots are public, tied to addresses, without a name. Your contacts and what your payments were for stay in this browser.",
        ],
      },
      {
        title: "Without a network",
        paragraphs: ["What you type is kept in this browser. An act that is signed twice counts once."],
      },
    ],
  },
  accessibility: {
    title: "Accessibility statement",
    lead: "This service conforms partially to the French accessibility standard (RGAA 4.1), for want of a complete audit.",
    sections: [
      {
        title: "Conformance",
        paragraphs: [
          "Partially conforming. No third party has audited it against the RGAA: no rate of conformance is claimed.",
        ],
      },
      {
        title: "What was checked",
        paragraphs: ["With each version, automatically, in Chromium:"],
        list: [
          "the WCAG 2.2 A and AA rules of the tool axe, on this service’s views, light and dark;",
          "paying and voting with the keyboard alone;",
          "zoom to 200 % and reduced motion.",
        ],
      },
      {
        title: "What was not",
        paragraphs: [],
        list: [
          "No trial with a screen reader (NVDA, JAWS, VoiceOver, TalkBack) by those who use one.",
          "The RGAA’s criteria that no tool checks were not assessed one by one.",
          "Wallets are other people’s software: their accessibility is not in our hands.",
        ],
      },
      {
        title: "What may be in the way",
        paragraphs: [],
        list: [
          "Reading a code by camera needs aiming: the code’s text can be pasted instead.",
          "The map of parcels is a drawing: a list gives the same parcels.",
          "Each chart has a table of the same figures.",
        ],
      },
      {
        title: "Write to us",
        paragraphs: [
          "If something is not accessible to you, ask the town hall: it gives you the information in another form, or does the act with you at the counter.",
        ],
      },
      {
        title: "Remedies",
        paragraphs: [
          "Without a satisfying answer from the town hall, you may write to the French Defender of Rights (Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07, free of postage), or to its delegate in your region.",
        ],
      },
    ],
  },
};
