// Writes docs/api/*.api.md, what each entry of the package offers, from the declarations in dist/types. With --check nothing is written: it fails while
// a committed report differs or an exported symbol has no comment.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const root = join(import.meta.dirname, '..');
const reports = join(root, 'docs/api');
const entries = { index: 'dist/types/index.d.ts', simulator: 'dist/types/simulator/index.d.ts' };
const check = process.argv.includes('--check');
const scratch = mkdtempSync(join(tmpdir(), 'api-report-'));

function configurationOf(name, entry) {
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, entry),
      // The extractor brings the compiler before the one we use, which has no API; it reads the same declarations.
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            lib: ['es2022'],
            module: 'nodenext',
            moduleResolution: 'nodenext',
            types: ['node'],
            skipLibCheck: true,
            strict: true,
            rootDir: root,
          },
          files: [join(root, entry)],
        },
      },
      apiReport: { enabled: true, reportFileName: name, reportFolder: reports, reportTempFolder: scratch },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        extractorMessageReporting: {
          default: { logLevel: 'none' },
          'ae-undocumented': { logLevel: 'warning' },
        },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
        compilerMessageReporting: { default: { logLevel: 'error' } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json'),
  });
}

/** Members say what they are by their names; a symbol of its own stands at the beginning of a line. */
const isSymbol = ({ messageId, sourceFileColumn }) => messageId === 'ae-undocumented' && sourceFileColumn === 1;

/** What is wrong with one entry. */
function examine([name, entry]) {
  const problems = [];
  const { apiReportChanged } = Extractor.invoke(configurationOf(name, entry), {
    localBuild: !check,
    messageCallback: (message) => {
      message.handled = message.logLevel !== 'error';
      if (isSymbol(message) || message.logLevel === 'error') problems.push(`${name}: ${message.text}`);
    },
  });
  if (check && apiReportChanged) problems.push(`docs/api/${name}.api.md is not what the declarations say: npm run api-report`);
  return problems;
}

try {
  mkdirSync(reports, { recursive: true });
  const problems = Object.entries(entries).flatMap(examine);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
