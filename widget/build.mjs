// Builds widget/dist and widget/package from widget/src and widget/demo, or into another folder. The
// same sources give the same bytes.
//
// dist/widget.js is the loader under a fixed name; what it and the demo page fetch has a digest of
// its content in the name and may be cached for ever. Beside each file stand a .br and a .gz.
//
// package/ is the same for pages that a bundler makes: modules that import lit and marked, and types.
// It is not committed: who wants it has Node.
import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from "node:zlib";

const root = fileURLToPath(new URL(".", import.meta.url));
const out = argv[2] ?? root;

/** Imports of .css files yield their text, minified; components adopt it as a style sheet. */
const cssAsText = {
  name: "css-as-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

const COMMON = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  write: false,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
};

async function bundle(entry, format, options = {}) {
  const { outputFiles } = await build({
    ...COMMON,
    ...options,
    entryPoints: [entry],
    format,
    plugins: entry.endsWith(".css") ? [] : [cssAsText],
  });
  return outputFiles[0].text;
}

function hashed(name, extension, text) {
  return `${name}-${createHash("sha256").update(text).digest("hex").slice(0, 10)}.${extension}`;
}

/** A module and what it imports on demand, as texts by file name; the module itself is `name`.js. */
async function split(entry, name, options) {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: { [name]: entry },
    format: "esm",
    splitting: true,
    outdir: "out",
    plugins: [cssAsText],
    ...options,
  });
  return Object.fromEntries(outputFiles.map(({ path, text }) => [basename(path), text]));
}

const LICENCES = "/*! MIT licence. Has Lit, (c) Google LLC, BSD-3-Clause: https://lit.dev */\n";
const chunks = await split("src/chat/control.ts", "chat", { chunkNames: "[name]-[hash]" });
const chat = LICENCES + chunks["chat.js"];
const chatFile = hashed("chat", "js", chat);
const loader = await bundle("src/loader/main.ts", "iife", {
  define: { CHAT_FILE: JSON.stringify(chatFile) },
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } }, // it is small without "use strict"
  mangleProps: /^(draw|failed|isEnded|load|loading|start|tellFailed|watch)$/, // the loader's own
});
const demoStyle = await bundle("demo/demo.css");
const demoScript = await bundle("demo/demo.ts", "iife");
const demoStyleFile = hashed("demo", "css", demoStyle);
const demoScriptFile = hashed("demo", "js", demoScript);
const page = readFileSync(join(root, "demo/index.html"), "utf8")
  .replace("demo.css", `/widget/${demoStyleFile}`)
  .replace("demo.js", `/widget/${demoScriptFile}`);

const files = {
  ...chunks,
  "index.html": page,
  "widget.js": loader,
  // The present chat under a fixed name too: that of a page's loader may be gone since. Not by an import
  // of the other: browsers remember a module that failed to load.
  "chat.js": chat,
  [chatFile]: chat,
  [demoStyleFile]: demoStyle,
  [demoScriptFile]: demoScript,
};

const COMPRESSIONS = {
  ".gz": {
    compress: (bytes) => gzipSync(bytes, { level: 9 }),
    decompress: gunzipSync,
  },
  ".br": {
    compress: (bytes) =>
      brotliCompressSync(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
    decompress: brotliDecompressSync,
  },
};

/** Writes files into a folder, and takes away what is no longer one of them. */
function write(folder, files) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!(name in files)) rmSync(join(folder, name));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

/** A file with its packed copies; packed ones that unpack to the right bytes stay as they are. */
function packed(folder, name, text) {
  const bytes = Buffer.from(text);
  const copies = Object.entries(COMPRESSIONS).map(([ending, { compress, decompress }]) => {
    const path = join(folder, name + ending);
    // Compressors differ between versions of Node.
    const isRight = existsSync(path) && decompress(readFileSync(path)).equals(bytes);
    return [name + ending, isRight ? readFileSync(path) : compress(bytes)];
  });
  const sizes = copies.map(([copy, content]) => `${copy.slice(name.length)} ${content.length}`);
  console.log([name.padEnd(22), String(bytes.length).padStart(6), ...sizes].join("  "));
  return [[name, bytes], ...copies];
}

const dist = join(out, "dist");
write(dist, Object.fromEntries(Object.entries(files).flatMap(([name, text]) => packed(dist, name, text))));

const { license, dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
// The newest version of the changelog is that of all parts.
const [, version] = readFileSync(join(root, "../CHANGELOG.md"), "utf8").match(/^## \[(\d+\.\d+\.\d+)\]/m);
const manifest = {
  name: "two-roles-chat",
  version,
  description: "Web chat of the two-roles assistant, for pages that a bundler makes",
  license,
  type: "module",
  exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
  types: "./index.d.ts",
  dependencies,
};
const TYPES = `
/** Puts the chat into the page's corner. */
export declare function createChat(options: ChatOptions & { server: string }): Chat;

declare global {
  interface HTMLElementTagNameMap {
    "two-roles-chat": HTMLElement & Chat;
  }
  interface Window {
    TwoRolesChat?: Chat;
  }
}
`;
write(join(out, "package"), {
  ...(await split("src/package.ts", "index", {
    chunkNames: "[name]",
    external: ["lit", "lit/*", "marked"],
    minify: false,
  })),
  "index.d.ts": readFileSync(join(root, "src/api.ts"), "utf8") + TYPES,
  "package.json": JSON.stringify(manifest, null, 2) + "\n",
  LICENSE: readFileSync(join(root, "../LICENSE")),
});
