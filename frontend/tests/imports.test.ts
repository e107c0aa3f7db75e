import { describe, expect, it } from "vitest";
import { MODULES } from "../src/shell/modules";
import { circleOf, IMPORTS } from "./sources";

/** Names of the modules' folders, in the order of the shell's list. */
const MODULE_NAMES = MODULES.map(({ name }) => name);
const folderOf = (file: string): string => (file.includes("/") ? (file.split("/")[0] ?? "") : "");
const isModule = (folder: string): boolean => MODULE_NAMES.includes(folder);

/** Why a file may not import another; null where it may (docs/dapp.md, "Who imports whom"). */
function fault(from: string, to: string): string | null {
  const [importer, imported] = [folderOf(from), folderOf(to)];
  if (importer === imported || from === "main.tsx") return null;
  if (imported === "shell") return "only main.tsx knows the shell";
  if (importer === "shell") return to.includes("/views/") ? "a view is opened by its module's routes" : null;
  if (isModule(imported)) {
    if (!isModule(importer)) return "what modules share knows none of them";
    if (/^[^/]+\/(views\/|module\.ts)/.test(to)) return "a module's views and entry are its own";
    if (MODULE_NAMES.indexOf(imported) > MODULE_NAMES.indexOf(importer))
      return "a module imports only of those before it in the shell's list";
  }
  if (imported === "parts" && !isModule(importer)) return "shared parts are for modules and the shell";
  return null;
}

describe("the import graph", () => {
  it("has no circle, types included", () => {
    expect(circleOf(IMPORTS)).toBeNull();
  });

  it("is read whole: types, lazy views and words by their languages are among it", () => {
    expect(IMPORTS.get("shell/places.ts")).toEqual(expect.arrayContaining(["route.ts", "shell/views/Wallet.tsx"]));
    expect(IMPORTS.get("money/words/money.ts")).toEqual(expect.arrayContaining(["money/words/en/money.ts"]));
    expect(circleOf(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]]))).toEqual(["b", "c", "b"]); // prettier-ignore
  });

  it("goes from main to the shell, to modules, to what they share, and from a module to those before it", () => {
    const faults = [...IMPORTS].flatMap(([from, imported]) =>
      imported.flatMap((to) => {
        const why = fault(from, to);
        return why ? [`${from} imports ${to}: ${why}`] : [];
      }),
    );
    expect(faults).toEqual([]);
  });

  it("is refused where it goes up, sideways into a view, or against the list", () => {
    expect(fault("parts/Page.tsx", "money/amount.ts")).not.toBeNull();
    expect(fault("money/sheet.ts", "land/terms.ts")).not.toBeNull();
    expect(fault("desks/next.ts", "land/views/Mine.tsx")).not.toBeNull();
    expect(fault("land/terms.ts", "shell/places.ts")).not.toBeNull();
    expect(fault("chain/client.ts", "parts/Page.tsx")).not.toBeNull();
  });
});
