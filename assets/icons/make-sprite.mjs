// Draws the sprites from the names in langso/kernel/ui/icons.txt. Lucide's drawings come from its npm package, ours from own/.
// Run it only when the list changes; the sprites are committed, because the package weighs 67 MB:
//   cd "$(mktemp -d)" && npm install --ignore-scripts lucide-static@1.62.0
//   node …/assets/icons/make-sprite.mjs node_modules/lucide-static/icons
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const list = join(here, "..", "..", "langso", "kernel", "ui", "icons.txt");
const lucide = process.argv[2];
if (!lucide) throw new Error("usage: make-sprite.mjs FOLDER_OF_LUCIDE_ICONS");

const notice = `<!-- Lucide (ISC, Copyright (c) 2026 Lucide Icons and Contributors; parts MIT, Copyright (c) 2013-present Cole Bemis):
assets/icons/LICENSE.txt -->`;

function inside(drawing) {
  return drawing
    .replace(/<!--.*?-->/gs, "")
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>[\s\S]*$/, "")
    .replace(/\s+/g, " ")
    .replace(/> </g, "><")
    .replace(/ \/>/g, "/>")
    .trim();
}

const sprites = {};
let part = "";
for (const line of (await readFile(list, "utf8")).split("\n")) {
  const [name, source] = line.split("#")[0].trim().split(/\s+/);
  if (!name) continue;
  if (name.startsWith("[")) {
    part = name.slice(1, -1);
    sprites[part] = [];
    continue;
  }
  const file = source === "own" ? join(here, "own", `${name}.svg`) : join(lucide, `${name}.svg`);
  sprites[part].push(`<symbol id="${name}" viewBox="0 0 24 24">${inside(await readFile(file, "utf8"))}</symbol>`);
}
for (const [name, symbols] of Object.entries(sprites)) {
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">\n${notice}\n${symbols.join("\n")}\n</svg>\n`;
  await writeFile(join(here, `${name}.svg`), sprite);
  console.log(`${name}.svg: ${symbols.length} icons, ${sprite.length} characters`);
}
