import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

/**
 * Where the page may connect, besides its own site: the town's node and post office. `BEFFROI_CONNECT` names them at
 * build
 * ("https://node.example https://post.example"); without it, any https host and this machine, since town.json decides.
 */
const connect = process.env.BEFFROI_CONNECT ?? "https: http://127.0.0.1:* http://localhost:*";

/**
 * The trustees whom voters believe, as the town published them (`ape run vote ceremony trustees`): they are part of the
 * build, and of its hash.
 */
const trustees = process.env.BEFFROI_TRUSTEES ? JSON.parse(readFileSync(process.env.BEFFROI_TRUSTEES, "utf8")) : null;

/** The release, as the whole suite has it. */
const version = readFileSync(new URL("../VERSION", import.meta.url), "utf8").trim();

/** @param {string} script  @param {string} style  the sources of each */
function policy(script, style) {
  return [
    "default-src 'none'",
    `script-src ${script}`,
    `style-src ${style}`,
    "img-src 'self' data: blob:",
    `connect-src 'self' data: ${connect}`,
    "worker-src 'self' blob:",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

const withPolicy = (html, content) =>
  html.replace("<head>", `<head>\n    <meta http-equiv="Content-Security-Policy" content="${content}" />`);

/** The content security policy of the ES-module build. */
function strictPolicy() {
  return {
    name: "strict-policy",
    apply: "build",
    transformIndexHtml: (html) => withPolicy(html, policy("'self'", "'self'")),
  };
}

/** Files of open data, of any size and kind: of them the page has what their papers say. */
const IS_DATA_FILE = /^data\/(?!batches\/)[^/]+\//;

/** The files of a town's folder that go into the one-file build, as `BEFFROI_TOWN=folder` names it. */
function townFolder(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name).slice(folder.replace(/\/$/, "").length + 1));
  const texts = paths
    .filter((path) => !IS_DATA_FILE.test(path))
    .map((path) => [path, readFileSync(join(folder, path), "utf8")]);
  return JSON.stringify(Object.fromEntries(texts)).replaceAll("<", "\\u003c");
}

const hashes = (html, tag) =>
  [...html.matchAll(new RegExp(`<${tag}(?![^>]*application/json)[^>]*>([\\s\\S]*?)</${tag}>`, "g"))]
    .map(([, content = ""]) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`)
    .join(" ");

/** One file that works from disk: the town inside, and a policy that names the script and the style by their hashes. */
function oneFile() {
  return {
    name: "one-file",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler: (_, bundle) => {
        for (const file of Object.values(bundle)) {
          if (file.type !== "asset" || !file.fileName.endsWith(".html")) continue;
          const folder = process.env.BEFFROI_TOWN;
          let html = String(file.source);
          html = withPolicy(html, policy(hashes(html, "script") || "'none'", hashes(html, "style") || "'none'"));
          if (folder) {
            const block = `<script type="application/json" id="town-folder">${townFolder(folder)}</script>`;
            html = html.replace('<div id="app">', () => `${block}\n    <div id="app">`);
          }
          file.source = html;
          file.fileName = "beffroi.html";
        }
      },
    },
  };
}

export default defineConfig(({ mode }) => {
  const isSingle = mode === "single";
  return {
    base: "./",
    define: {
      __SINGLE__: JSON.stringify(isSingle),
      __TRUSTEES__: JSON.stringify(trustees),
      __VERSION__: JSON.stringify(version),
    },
    plugins: isSingle ? [viteSingleFile(), oneFile()] : [strictPolicy()],
    build: {
      target: "es2022",
      emptyOutDir: !isSingle,
      modulePreload: { polyfill: false },
      manifest: isSingle ? false : "manifest.json",
      assetsInlineLimit: isSingle ? Number.MAX_SAFE_INTEGER : 0,
    },
    // A classic script in one file: it travels inside a page, and from disk a browser refuses module workers.
    worker: { format: "iife" },
    test: { include: ["tests/**/*.test.ts"], environment: "node", css: { include: [/tokens\.css/] } },
  };
});
