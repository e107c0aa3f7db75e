import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { runnerImport } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LANGUAGES } from "../../src/words/languages";
import { FILES } from "../sources";
import { MARK, textsOf } from "./toy";

const FRONTEND = fileURLToPath(new URL("../..", import.meta.url));
const FRENCH = FILES.filter((file) => /(^|\/)words\/fr\//.test(file));

describe("every language", () => {
  it.each(LANGUAGES.filter(({ tag }) => tag !== "fr"))("has each file of the French, and no other: $tag", ({ tag }) => {
    const own = FILES.filter((file) => file.includes(`words/${tag}/`));
    expect(own).toEqual(FRENCH.map((file) => file.replace("words/fr/", `words/${tag}/`)));
  });

  it("is one of the list", () => {
    const folders = new Set(FILES.flatMap((file) => /(?:^|\/)words\/([^/]+)\/[^/]+$/.exec(file)?.slice(1) ?? []));
    expect([...folders].sort()).toEqual(LANGUAGES.map(({ tag }) => tag).sort());
  });
});

/** What a page of words holds when it is loaded: `{ money: () => … }`. */
type Sets = Record<string, Record<string, () => unknown>>;
interface Copy {
  language: { value: string };
  sets: Sets;
}

/** Copies the sources, and adds to the copy what a language takes: its files, and a line in the list. */
async function withToyLanguage(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "toy-language-"));
  const copy = join(root, "frontend");
  await cp(join(FRONTEND, "src"), join(copy, "src"), { recursive: true });
  await cp(join(FRONTEND, "tsconfig.json"), join(copy, "tsconfig.json"));
  await cp(join(FRONTEND, "tests/words/toy.ts"), join(copy, "src/toy.ts"));
  for (const folder of ["node_modules", "frontend/node_modules"]) {
    const installed = join(FRONTEND, "..", folder);
    if (existsSync(installed)) await symlink(installed, join(root, folder));
  }
  for (const file of FRENCH) {
    const set = /([a-z]+)\.ts$/.exec(file)?.[1];
    const target = join(copy, "src", file.replace("words/fr/", "words/xx/"));
    const lines = [
      `import { ${set} as fr } from "../fr/${set}";`,
      `import { toy } from "${file.startsWith("words/") ? "../../toy" : "../../../toy"}";`,
      `export const ${set}: typeof fr = toy(fr);`,
    ];
    await cp(join(copy, "src", dirname(file)), dirname(target), {
      recursive: true,
      filter: (path) => !path.endsWith(".ts"),
    });
    await writeFile(target, lines.join("\n"));
  }
  const list = join(copy, "src/words/languages.ts");
  const before = await readFile(list, "utf8");
  await writeFile(list, before.replace("\n] as const", '\n  { tag: "xx", name: "Toy", locale: "eo" },\n] as const'));
  const globs = '["./src/words/*.ts", "./src/*/words/*.ts"]';
  await writeFile(
    join(copy, "all.ts"),
    `export { language } from "./src/words";\nexport const sets = import.meta.glob(${globs}, { eager: true });\n`,
  );
  return copy;
}

describe("a language that is added by its files and one line", () => {
  let copy = "";
  beforeAll(async () => {
    copy = await withToyLanguage();
  });
  afterAll(() => rm(dirname(copy), { recursive: true, force: true }));

  it("compiles", async () => {
    const tsc = join(FRONTEND, "../node_modules/typescript/bin/tsc");
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, "--noEmit", "--project", copy]);
    expect(stdout).toBe("");
  }, 60_000);

  it("is found by every set of words, key by key", async () => {
    const { module } = await runnerImport<Copy>(join(copy, "all.ts"), {
      root: copy,
      configFile: false,
      logLevel: "error",
    });
    const said = (tag: string): Record<string, [string, string][]> => {
      module.language.value = tag;
      const files = FRENCH.map((file) => file.replace("words/fr/", "words/"));
      return Object.fromEntries(
        files.map((file) => {
          const set = module.sets[`./src/${file}`] ?? {};
          return [file, Object.values(set).flatMap((words) => [...textsOf(words())])];
        }),
      );
    };
    const [fr, toy] = [said("fr"), said("xx")];
    for (const [file, texts] of Object.entries(fr)) {
      expect(toy[file]).toEqual(texts.map(([path, text]) => [path, MARK + text]));
    }
    expect(Object.values(fr).flat().length).toBeGreaterThan(1_000);
  }, 60_000);
});
