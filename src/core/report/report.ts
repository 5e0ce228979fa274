import { z } from 'zod';
import { Place, Usage } from '../model.ts';
import { OutcomeWord, Tally } from '../outcome.ts';
import { NotChanged, RollbackGrade, RouteName, Side } from '../plan-file.ts';
import { Evidence } from './evidence.ts';

const count = z.number().int();

export const ReportItem = z.strictObject({
  ...Place.shape,
  workspace: z.string(),
  slug: z.string(),
  route: RouteName,
  /** null: there is nothing yet (a twin). */
  before: Side.nullable(),
  after: Side,
  usedBy: Usage.nullable(),
  rollback: RollbackGrade,
  warnings: z.array(z.string()),
  /** What became of it; absent in the report of a plan, and where the run did not take it. */
  outcome: OutcomeWord.optional(),
  why: z.string().optional(),
  /** From the intent to the outcome. */
  ms: count.optional(),
});
/** One change, with what became of it. */
export type ReportItem = z.infer<typeof ReportItem>;

export const ReportRun = z.strictObject({
  id: z.string(),
  verb: z.enum(['apply', 'rollback']),
  /** `open`: still running, or broken off. */
  state: z.enum(['finished', 'open']),
  startedAt: z.iso.datetime(),
  /** When the last journal line was written. */
  lastAt: z.iso.datetime(),
  exit: count.optional(),
  /** Every version that worked on it. */
  tools: z.array(z.string()),
  resumed: count,
});
/** The run itself. */
export type ReportRun = z.infer<typeof ReportRun>;

export const TokenDays = z.strictObject({ name: z.string(), email: z.string(), expires: z.string(), daysLeft: count.nullable(), changes: count });
/** How long a token that is written still lives. */
export type TokenDays = z.infer<typeof TokenDays>;

export const Report = z.strictObject({
  format: z.literal(1),
  madeAt: z.iso.datetime(),
  madeBy: z.string(),
  purpose: z.enum(['apply', 'rollback']),
  server: z.strictObject({ url: z.string(), version: z.string() }),
  digest: z.string(),
  plannedAt: z.iso.datetime(),
  plannedBy: z.string(),
  /** null in the report of a plan. */
  run: ReportRun.nullable(),
  /** What a reader must know first. */
  notices: z.array(z.string()),
  tally: Tally.nullable(),
  groups: z.array(z.strictObject({ level: Place.shape.level, project: z.string().optional(), changes: count, plans: count, tally: Tally.nullable() })),
  blastRadius: z.strictObject({ plans: count, environments: count, projects: z.array(z.string()), hidden: count, notKnown: count }),
  rollback: z.record(RollbackGrade, count),
  items: z.array(ReportItem),
  leftAlone: z.array(z.strictObject({ ...NotChanged.shape, list: z.enum(['unchanged', 'cannot', 'also-needed']) })),
  /** How many items were done at which time; at most 200 points. */
  progress: z.array(z.strictObject({ at: z.iso.datetime(), done: count })),
  tokens: z.array(TokenDays),
  stop: z.array(z.string()),
  goBack: z.array(z.string()),
  evidence: Evidence,
});
/** A plan or a run as a document for people who were not there. Contains no secret. */
export type Report = z.infer<typeof Report>;
