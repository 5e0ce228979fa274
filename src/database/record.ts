import { BITBUCKET_CLOUD_MODULE, GIT_MODULE } from '../core/model.ts';

/** The columns that every SELECT of ours returns, in this order, whether run by us or by a database administrator. */
export const RECORD_COLUMNS = [
  'record',
  'id',
  'name',
  'plugin_key',
  'marked_for_deletion',
  'is_global',
  'parent_id',
  'project_id',
  'project_key',
  'plan_key',
  'plan_type',
  'specs_bound',
  'oid',
  'xml_definition',
] as const;
/** One column of ours. */
export type RecordColumn = (typeof RECORD_COLUMNS)[number];
/** One row as a driver or a file gives it, in the order of {@link RECORD_COLUMNS}. */
export type Row = readonly unknown[];

/** A row of VCS_LOCATION with the key of the project that owns it. */
export interface RepositoryRecord {
  readonly record: 'repository';
  readonly id: string;
  readonly name: string;
  readonly pluginKey: string;
  readonly marked: boolean;
  readonly isGlobal: boolean;
  readonly parentId: string;
  readonly projectId: string;
  readonly projectKey: string;
}

/** A plan or plan branch that uses the repository `id`. */
export interface UseRecord {
  readonly record: 'use';
  readonly id: string;
  readonly planKey: string;
  readonly planType: string;
  readonly marked: boolean;
  readonly projectKey: string;
  readonly specsBound: boolean | null;
}

/** A shared credential of any type. */
export interface CredentialRecord {
  readonly record: 'credential';
  readonly id: string;
  readonly oid: string;
  readonly name: string;
  readonly pluginKey: string;
  readonly projectId: string;
  readonly projectKey: string;
}

/** One row, understood. */
export type DatabaseRecord = RepositoryRecord | UseRecord | CredentialRecord;

/** The definition of a repository or credential, kept apart: a record stays, its definition does not. */
export function definitionOf(row: Row): string {
  return toText(row[RECORD_COLUMNS.indexOf('xml_definition')]);
}

/** Understands one row; undefined where its first column names no kind of record, or its id is missing. */
export function readRecord(row: Row): DatabaseRecord | undefined {
  const [record, id, name, pluginKey, marked, isGlobal, parentId, projectId, projectKey, planKey, planType, specsBound, oid] = row;
  const known = { id: toText(id), projectKey: toText(projectKey) };
  if (known.id === '') return undefined;
  const described = { name: toText(name), pluginKey: knownKey(toText(pluginKey)), projectId: toText(projectId) };
  switch (toText(record).toLowerCase()) {
    case 'repository':
      return {
        record: 'repository',
        ...known,
        ...described,
        marked: toBoolean(marked) === true,
        isGlobal: toBoolean(isGlobal) === true,
        parentId: toText(parentId),
      };
    case 'use':
      return {
        record: 'use',
        ...known,
        planKey: toText(planKey),
        planType: toText(planType).toUpperCase(),
        marked: toBoolean(marked) === true,
        specsBound: toBoolean(specsBound),
      };
    case 'credential':
      return { record: 'credential', ...known, ...described, oid: toText(oid) };
    default:
      return undefined;
  }
}

/** One text for all rows instead of one each. */
function knownKey(pluginKey: string): string {
  return [BITBUCKET_CLOUD_MODULE, GIT_MODULE].find((known) => known === pluginKey) ?? pluginKey;
}

/** The text of a cell; empty for NULL, which Oracle can't tell from an empty text either [T]. */
function toText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell.trim() === cell ? cell : cell.trim();
  return Buffer.isBuffer(cell) ? cell.toString('utf8').trim() : String(cell);
}

const TRUE: ReadonlySet<string> = new Set(['t', 'true', '1', 'y', 'yes', 'on', '-1', '\u0001', '\\1', '0x01', "b'1'"]);
const FALSE: ReadonlySet<string> = new Set(['f', 'false', '0', 'n', 'no', 'off', '\u0000', '\\0', '0x00', "b'0'"]);

/** A boolean as any of the four products, their drivers and their export tools write it; null where it is none. */
export function toBoolean(cell: unknown): boolean | null {
  if (typeof cell === 'boolean') return cell;
  // MySQL keeps booleans as BIT(1), which arrives as one byte.
  const text = toText(cell).toLowerCase();
  if (TRUE.has(text)) return true;
  return FALSE.has(text) ? false : null;
}
