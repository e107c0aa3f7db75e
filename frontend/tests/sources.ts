/** The sources as the tests of their shape read them: every file of src/, and what it imports, types included. */

const texts = import.meta.glob<string>(["../src/**/*.{ts,tsx,css}"], { eager: true, query: "?raw", import: "default" });
const SOURCES = new Map(Object.entries(texts).map(([path, text]) => [path.replace("../src/", ""), text]));

/** Every file of src/, by its path from there. */
export const FILES: readonly string[] = [...SOURCES.keys()].sort();

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"?]*)[^"]*"/g;
const GLOB = /import\.meta\.glob(?:<[^(]*>)?\(\s*"(\.[^"]*)"/g;

/** A path that a file of src/ names, from src/. */
const at = (file: string, path: string): string => new URL(path, `file:///${file}`).pathname.slice(1);

function importsOf(file: string, text: string): string[] {
  const named = [...text.matchAll(IMPORT)].map(([, path = ""]) => {
    const wanted = at(file, path);
    const names = [wanted, `${wanted}.ts`, `${wanted}.tsx`, `${wanted}/index.ts`.replace("//", "/")];
    const found = names.find((name) => SOURCES.has(name));
    if (!found) throw new Error(`${file} imports "${path}", which is no file of src/`);
    return found;
  });
  const globbed = [...text.matchAll(GLOB)].flatMap(([, path = ""]) => {
    const pattern = new RegExp(`^${at(file, path).replaceAll(".", "\\.").replace("*", "[^/]+")}$`);
    return FILES.filter((it) => pattern.test(it));
  });
  return [...new Set([...named, ...globbed])];
}

/** What each source imports. */
export const IMPORTS: ReadonlyMap<string, readonly string[]> = new Map(
  [...SOURCES].filter(([file]) => /\.tsx?$/.test(file)).map(([file, text]) => [file, importsOf(file, text)]),
);

/** A circle of a graph, from a node back to it; null where there is none. */
export function circleOf(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const visit = (node: string, trail: readonly string[]): readonly string[] | null => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return null;
    for (const next of graph.get(node) ?? []) {
      const found = visit(next, [...trail, node]);
      if (found) return found;
    }
    done.add(node);
    return null;
  };
  for (const node of graph.keys()) {
    const found = visit(node, []);
    if (found) return found;
  }
  return null;
}
