import { z } from 'zod';

export const ScopeNeed = z.strictObject({
  scope: z.string().min(1),
  /** `required`: no checkout without it; `expected`: a feature that most use; `optional`: a feature that some use. */
  need: z.enum(['required', 'expected', 'optional']),
  why: z.string().min(1),
});
/** One scope of a Bitbucket API token, how badly Bamboo needs it and what for. */
export type ScopeNeed = z.infer<typeof ScopeNeed>;

/** Derived from Bamboo's feature classes and Bitbucket's OpenAPI; Atlassian publishes no list [I], so `bitbucket.scopes` can say otherwise. */
export const NEEDED_SCOPES: readonly ScopeNeed[] = [
  { scope: 'read:repository:bitbucket', need: 'required', why: 'checkout and change detection read the repository' },
  { scope: 'read:pullrequest:bitbucket', need: 'expected', why: 'plan branches for pull requests read them' },
  { scope: 'read:workspace:bitbucket', need: 'expected', why: 'the repository chooser lists the workspaces' },
  { scope: 'read:user:bitbucket', need: 'expected', why: 'Bamboo and this tool ask whose token it is' },
  { scope: 'write:repository:bitbucket', need: 'optional', why: 'branch creation, tags and merge pushes write to the repository' },
  { scope: 'read:webhook:bitbucket', need: 'optional', why: 'webhook management reads the hooks' },
  { scope: 'write:webhook:bitbucket', need: 'optional', why: 'webhook management creates the hooks' },
];

/** Scopes that are wanted and not granted. They do not imply each other: write does not include read [D]. */
export function missingScopes(granted: readonly string[], needed: readonly ScopeNeed[] = NEEDED_SCOPES): ScopeNeed[] {
  return needed.filter(({ scope }) => !granted.includes(scope));
}
