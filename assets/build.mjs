// Bundles the style sheets and scripts into build/static/, which git ignores and WhiteNoise serves under hashed names.
//   node assets/build.mjs            once, minified
//   node assets/build.mjs --watch    again after each change
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const assets = dirname(fileURLToPath(import.meta.url));
const output = join(assets, "..", "build", "static");

// The oldest phones we serve run Android 8 with a Chrome that stopped at 138; targets are older than that to be safe.
const bundles = {
  absWorkingDir: assets,
  entryPoints: {
    resident: "css/resident.css",
    desk: "css/desk.css",
    "resident-script": "ts/resident.ts",
    "desk-script": "ts/desk.ts",
    outbox: "ts/outbox-here.ts",
    "outbox-script": "ts/outbox-page.ts",
    sw: "ts/sw.ts",
    "sw-off": "ts/sw-off.ts",
  },
  outdir: output,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: ["chrome87", "firefox91", "safari14.1"],
  legalComments: "none",
  logLevel: "warning",
};

await mkdir(output, { recursive: true });
for (const drawing of ["icons.svg", "icons-more.svg", "favicon.svg", "app-192.png", "app-512.png", "app-maskable.png"]) {
  await copyFile(join(assets, "icons", drawing), join(output, drawing));
}

if (process.argv.includes("--watch")) {
  const context = await esbuild.context({ ...bundles, logLevel: "info" });
  await context.watch();
} else {
  await esbuild.build(bundles);
}
