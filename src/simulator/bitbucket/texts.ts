/** REST, 401: wrong email, wrong, expired or revoked token; Bitbucket does not say which [D]. */
export const TOKEN_INVALID = 'Token is invalid, expired, or not supported for this endpoint.';

/** REST and git: an API token made without Bitbucket scopes [M]. */
export const NO_BITBUCKET_SCOPES = 'API Token provided has no Bitbucket scopes.';

/** REST and git, 403: the token is good, a scope is missing [M]. */
export const SCOPE_MISSING = 'Your credentials lack one or more required privilege scopes.';

/** REST 404 and git 401: a hidden repository and one that does not exist look the same [M]. */
export const NO_SUCH_REPOSITORY =
  'You may not have access to this repository or it no longer exists in this workspace. ' +
  'If you think this repository exists and you have access, make sure you are authenticated.';

/** Git, 410: an app password after its end, or in a brownout. */
export const APP_PASSWORD_GONE = ['CHANGE-3222 - Functionality has been deprecated', 'App passwords are deprecated and must be replaced with API tokens.'].join(
  '\n',
);

/** Git, 403: covers git data only, REST goes on answering. */
export const ADDRESS_NOT_ALLOWED = 'To access this repository, an admin must whitelist your IP.';

/** Git, 403: the workspace demands two-step verification of the account. */
export const TWO_STEP_REQUIRED = 'To access this repository, enable two-step authentication.';

/** 429 of either side, as text/plain [M]. */
export const RATE_LIMITED = 'Rate limit for this resource has been exceeded';
