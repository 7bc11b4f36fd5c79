// Prints HTML files: node chromium.js OUT FILE…
const { chromium } = require('playwright-core');
const fs = require('fs');
(async () => {
  const [out, ...files] = process.argv.slice(2);
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: flags });
  console.error(`Chromium ${browser.version()}`);
  const page = await browser.newPage();
  for (const [i, file] of files.entries()) {
    await page.goto('file://' + file);
    await page.evaluate(() => document.fonts.ready);
    fs.writeFileSync(`${out}/${i}.pdf`, await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true }));
  }
  await browser.close();
})();
