// Builds app/static/dist: every script and style sheet that lies directly in src, Tabler's style sheet, the mark of
// the product and the icon sprite. A build that fails leaves the last good one in place.
import { build } from "esbuild";
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const icons = join(here, "node_modules/@tabler/icons/icons/outline");
const tabler = join(here, "node_modules/@tabler/core/dist/css/tabler.min.css");
const finished = join(here, "../app/static/dist");
const unfinished = `${finished}.new`;

async function bundleEntries() {
  const files = await readdir(source);
  const entries = files.filter((file) => /\.(js|css)$/.test(file)).sort();
  if (!entries.length) throw new Error(`no script or style sheet in ${source}`);
  await build({
    entryPoints: entries.map((file) => join(source, file)),
    outdir: unfinished,
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2020", "chrome87"],
    legalComments: "linked",
    loader: { ".svg": "file", ".png": "file", ".woff2": "file" },
    // The calendar's right-to-left rules, which no page of ours uses.
    logOverride: { "unsupported-css-nesting": "silent" },
    logLevel: "warning",
  });
}

async function readSymbol(name) {
  const svg = await readFile(join(icons, `${name}.svg`), "utf8").catch(() => null);
  if (svg === null) return null;
  const shapes = svg
    .slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.includes('d="M0 0h24v24H0z"'));
  return (
    `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ` +
    `stroke-linecap="round" stroke-linejoin="round">${shapes.join("")}</symbol>`
  );
}

async function buildSprite() {
  const lines = (await readFile(join(source, "icons.txt"), "utf8")).split("\n");
  const names = [...new Set(lines.map((line) => line.replace(/#.*/, "").trim()).filter(Boolean))].sort();
  const symbols = await Promise.all(names.map(readSymbol));
  const missing = names.filter((_, index) => symbols[index] === null);
  if (missing.length) throw new Error(`no such Tabler outline icon: ${missing.join(", ")}`);
  await writeFile(
    join(unfinished, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`,
  );
}

try {
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await bundleEntries();
  await copyFile(tabler, join(unfinished, "tabler.min.css"));
  await copyFile(join(source, "mark.svg"), join(unfinished, "mark.svg"));
  await buildSprite();
  await rm(finished, { recursive: true, force: true });
  await rename(unfinished, finished);
} catch (error) {
  console.error(`frontend build: ${error.message}`);
  await rm(unfinished, { recursive: true, force: true });
  process.exitCode = 1;
}
