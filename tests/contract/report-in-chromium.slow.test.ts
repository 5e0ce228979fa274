import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import type { Report } from '../../src/core/report/report.ts';
import { reportText } from '../../src/view/report/report-text.ts';
import { startChromium } from '../support/chromium.ts';
import { HOSTILE, planNamed, planOfTenThousand, planReport, runReport } from '../support/report-samples.ts';
import { temporaryDirectories } from '../support/temporary-directory.ts';

const MINUTE = 60_000;
const WIDTHS = { phone: 390, tablet: 820, desk: 1360 } as const;

const temporary = temporaryDirectories();
let chromium: { context: BrowserContext; stop: () => Promise<void> };
beforeAll(async () => {
  chromium = await startChromium();
}, MINUTE);
afterAll(() => chromium.stop());

/** A page that shows the report, with everything that it asked for and complained of. */
async function show(report: Report, options: { width?: number; dark?: boolean } = {}): Promise<{ page: Page; asked: string[]; problems: string[] }> {
  const file = join(temporary(), 'report.html');
  writeFileSync(file, reportText(report, 'html'));
  const page = await chromium.context.newPage();
  const asked: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (problem) => problems.push(problem.message));
  page.on('console', (message) => problems.push(message.text()));
  page.on('dialog', (dialog) => problems.push(dialog.message()));
  await page.setViewportSize({ width: options.width ?? WIDTHS.desk, height: 1000 });
  await page.emulateMedia({ colorScheme: options.dark === true ? 'dark' : 'light' });
  await page.goto(pathToFileURL(file).href);
  return { page, asked, problems };
}

/** What axe-core finds, in words. Its own script is let past the page's policy by the debugger, not by the page. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

describe("the HTML report in Debian's Chromium", () => {
  it.each(Object.entries(WIDTHS).flatMap(([name, width]) => [[name, width, false] as const, [name, width, true] as const]))(
    'has enough contrast, labels and roles on a %s (%d wide, dark: %s), and needs no scrolling sideways',
    async (_name, width, dark) => {
      const { page, asked, problems } = await show(runReport(), { width, dark });
      expect(await findings(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(asked).toHaveLength(1);
      expect(problems).toEqual([]);
      await page.close();
    },
    MINUTE,
  );

  it(
    'is searched, sorted and read on by the keyboard alone',
    async () => {
      const { page } = await show(runReport());
      const names = async (): Promise<string[]> => page.locator('section:has(#changes) tbody tr td:nth-child(3)').allTextContents();
      const press = async (times: number, key = 'Tab'): Promise<void> => {
        for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
      };
      await page.locator('#changes-search').focus();
      await page.keyboard.type('WEB failed');
      expect(await names()).toEqual(['web-6']);
      expect(await page.locator('.shown').first().textContent()).toBe('1 of 1 shown, 12 in all');
      await press(10, 'Backspace');
      // Past the scrolling region and two headings to the heading "Name".
      await press(4);
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Name');
      await press(2, 'Enter');
      expect((await names()).slice(0, 2)).toEqual(['web-8', 'web-7']);
      expect(await page.locator('th[aria-sort=descending]').first().textContent()).toBe('Name');
      await page.close();
    },
    MINUTE,
  );

  it(
    'runs nothing that a hostile name brings along',
    async () => {
      const { page, asked, problems } = await show(runReport(planNamed(HOSTILE)));
      await page.locator('#changes-search').fill('alert(1)');
      expect(await page.locator('section:has(#changes) tbody tr').count()).toBe(12);
      expect(await page.locator('img').count()).toBe(0);
      expect(problems).toEqual([]);
      expect(asked).toHaveLength(1);
      await page.close();
    },
    MINUTE,
  );

  it(
    'answers the first typing within a second with 10,000 rows, finds what is sought, and puts all of them on paper',
    async () => {
      const { page } = await show(runReport(planOfTenThousand()));
      const shown = page.locator('.shown').first();
      expect(await shown.textContent()).toBe('100 of 10,000 shown');
      const milliseconds = await page.evaluate(`(() => {
        const started = performance.now();
        const search = document.querySelector('#changes-search');
        search.value = 'service-9999';
        search.dispatchEvent(new Event('input'));
        document.body.getBoundingClientRect();
        return performance.now() - started;
      })()`);
      expect(await shown.textContent()).toBe('1 of 1 shown, 10,000 in all');
      const ready = await page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd");
      process.stdout.write(`report of 10,000: ready after ${Math.round(Number(ready))} ms, first search ${Math.round(Number(milliseconds))} ms\n`);
      expect(Number(ready) + Number(milliseconds)).toBeLessThan(1000);
      await page.locator('#changes-search').fill('');
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      expect(await page.locator('section:has(#changes) tbody tr').count()).toBe(10_000);
      await page.close();
    },
    MINUTE,
  );

  it.each([
    ['report-desk', runReport(), WIDTHS.desk, false],
    ['report-tablet-dark', runReport(), WIDTHS.tablet, true],
    ['report-phone', runReport(), WIDTHS.phone, false],
    ['report-plan', planReport(), WIDTHS.desk, false],
  ])(
    'looks as docs/screenshots/%s.png shows (made with UPDATE_SCREENSHOTS=1)',
    async (name, report, width, dark) => {
      const { page } = await show(report, { width, dark });
      const picture = await page.screenshot(
        process.env.UPDATE_SCREENSHOTS === undefined ? {} : { path: join(import.meta.dirname, `../../docs/screenshots/${name}.png`) },
      );
      expect(picture.length).toBeGreaterThan(10_000);
      expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
      await page.close();
    },
    MINUTE,
  );
});
