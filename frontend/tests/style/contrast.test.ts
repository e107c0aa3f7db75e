import { describe, expect, it } from "vitest";
import css from "../../src/style/tokens.css?raw";

type Tokens = Readonly<Record<string, string>>;

function tokens(block: string): Tokens {
  return Object.fromEntries(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]),
  );
}

const [light = "", dark = ""] = css.split("@media (prefers-color-scheme: dark)");
const SCHEMES = { light: tokens(light), dark: { ...tokens(light), ...tokens(dark) } };

/** WCAG 2.2's relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((place) => Number.parseInt(colour.slice(place, place + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["ground", "surface", "raised"];
const TEXT = [
  ...["ink", "soft", "accent", "accent-strong", "gold", "good", "warn", "bad"].flatMap((text) =>
    GROUNDS.map((ground) => [text, ground] as const),
  ),
  ...["accent", "good", "warn", "bad"].flatMap((tone) => [
    [tone, `${tone}-ground`] as const,
    ["ink", `${tone}-ground`] as const,
  ]),
  ["on-accent", "accent"] as const,
  ["on-accent", "accent-strong"] as const,
];
const EDGES = GROUNDS.flatMap((ground) => [["edge", ground] as const, ["focus", ground] as const]);

describe.each(Object.entries(SCHEMES))("%s colours", (_, colours: Tokens) => {
  it.each(TEXT)("%s can be read on %s", (text, ground) => {
    expect(contrast(colours[text] ?? "", colours[ground] ?? "")).toBeGreaterThanOrEqual(4.5);
  });
  it.each(EDGES)("%s can be seen on %s", (edge, ground) => {
    expect(contrast(colours[edge] ?? "", colours[ground] ?? "")).toBeGreaterThanOrEqual(3);
  });
});
