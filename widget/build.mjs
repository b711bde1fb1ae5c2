// Builds widget/dist from widget/src and widget/demo. The same sources give the same bytes.
//
// dist/widget.js is the loader under a fixed name; what it and the demo page fetch has a digest of
// its content in the name and may be cached for ever. Beside each file stand a .br and a .gz.
import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from "node:zlib";

const root = fileURLToPath(new URL(".", import.meta.url));
const dist = argv[2] ?? join(root, "dist");

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

async function bundle(entry, format, define = {}) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format,
    define,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    plugins: entry.endsWith(".css") ? [] : [cssAsText],
  });
  return outputFiles[0].text;
}

function hashed(name, extension, text) {
  return `${name}-${createHash("sha256").update(text).digest("hex").slice(0, 10)}.${extension}`;
}

const LICENCES = "/*! MIT licence. Has Lit, (c) Google LLC, BSD-3-Clause: https://lit.dev */\n";
const chat = LICENCES + (await bundle("src/chat/panel.ts", "esm"));
const chatFile = hashed("chat", "js", chat);
const loader = await bundle("src/loader/main.ts", "iife", { CHAT_FILE: JSON.stringify(chatFile) });
const demoStyle = await bundle("demo/demo.css");
const demoScript = await bundle("demo/demo.ts", "iife");
const demoStyleFile = hashed("demo", "css", demoStyle);
const demoScriptFile = hashed("demo", "js", demoScript);
const page = readFileSync(join(root, "demo/index.html"), "utf8")
  .replace("demo.css", `/widget/${demoStyleFile}`)
  .replace("demo.js", `/widget/${demoScriptFile}`);

const files = {
  "index.html": page,
  "widget.js": loader,
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

mkdirSync(dist, { recursive: true });
const wanted = new Set(Object.keys(files).flatMap((name) => [name, `${name}.gz`, `${name}.br`]));
for (const name of readdirSync(dist)) if (!wanted.has(name)) rmSync(join(dist, name));
for (const [name, text] of Object.entries(files)) {
  const bytes = Buffer.from(text);
  writeFileSync(join(dist, name), bytes);
  const sizes = Object.entries(COMPRESSIONS).map(([ending, { compress, decompress }]) => {
    const path = join(dist, name + ending);
    // Compressors differ between versions of Node: what unpacks to the right bytes stays as it is.
    if (!existsSync(path) || !decompress(readFileSync(path)).equals(bytes)) {
      writeFileSync(path, compress(bytes));
    }
    return `${ending} ${readFileSync(path).length}`;
  });
  console.log([name.padEnd(22), String(bytes.length).padStart(6), ...sizes].join("  "));
}
