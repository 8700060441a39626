// Looks at pages as people do, in one Chromium: in each width and colour scheme, and on paper.
//
//     node look.mjs CHROMIUM FOLDER URL...   prints a line of JSON for each look, keeps a picture of
//                                            each, and a PDF of each page, in FOLDER
import { chromium } from "playwright-core";

const [executablePath, folder, ...urls] = process.argv.slice(2);
const widths = [360, 1280];
const schemes = ["light", "dark"];

// Runs in the page: how wide it is, and which words stand out least from their ground (WCAG 2).
function measure() {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const isClear = (colour) => channels(colour)[3] === 0;
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const ground = getComputedStyle(at).backgroundColor;
      if (!isClear(ground)) return ground;
    }
    return "rgb(255, 255, 255)";
  };
  let least = { contrast: 21, words: "" };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const words = texts.currentNode.data.trim();
    if (!words) continue;
    const element = texts.currentNode.parentElement;
    const [one, other] = [getComputedStyle(element).color, groundOf(element)].map(luminance);
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < least.contrast) least = { contrast, words };
  }
  return {
    title: document.title,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ground: groundOf(document.body),
    ...least,
  };
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  for (const colorScheme of schemes) {
    for (const width of widths) {
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 } });
      const complaints = [];
      page.on("console", (message) => complaints.push(message.text()));
      for (const url of urls) {
        const answer = await page.goto(url);
        const name = (new URL(url).pathname.split("/").pop() || "today") + `-${width}-${colorScheme}`;
        await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
        const links = await page.$$eval("a", (all) => all.map((link) => link.href));
        console.log(JSON.stringify({ url, status: answer.status(), colorScheme, width, links,
                                     ...await page.evaluate(measure) }));
        const last = colorScheme === schemes.at(-1) && width === widths.at(-1);
        if (last) await page.pdf({ path: `${folder}/${name}.pdf`, preferCSSPageSize: true });
      }
      console.log(JSON.stringify({ complaints }));
      await page.close();
    }
  }
} finally {
  await browser.close();
}
