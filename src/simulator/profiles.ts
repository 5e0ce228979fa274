import type { Traits } from './bamboo/traits.ts';
import { SimulatorError } from './simulator-error.ts';

/** A named set of options. */
export interface Profile {
  readonly version: string;
  readonly contextPath: string;
  readonly traits: Partial<Traits>;
  readonly baseUrl?: string;
  readonly xmlErrors?: boolean;
}

/** The profiles: each one is a server that the facts allow. */
export const PROFILES = {
  /** The first fixed 9.6, under a context path, as most of the facts were seen. */
  standard: { version: '9.6.16', contextPath: '/bamboo', traits: {} },
  /** A recent server at the root of its host. */
  modern: {
    version: '12.1.6',
    contextPath: '',
    traits: {
      family: 'github',
      ids: 'string',
      spelling: 'camel',
      typeText: 'module',
      undecorated: 'document',
      saveAnswer: 'textarea',
      validationAnswer: 'json',
      basicOnPages: false,
      typeControl: 'select',
      credentialAttributes: 'none',
      importAnswer: 'quoted',
      branchPage: 'list-without-checkbox',
    },
  },
  /** An old server that never got the fix. */
  old: {
    version: '8.2.9',
    contextPath: '/bamboo',
    xmlErrors: true,
    traits: {
      family: 'svn',
      statusCode: 'string',
      dependsOn: 'underscores',
      credentialSuffix: '',
      noPermissionStatus: 200,
      xsrfStatus: 200,
      loginRedirect: 'userlogin.action',
      branchPage: 'form',
    },
  },
  /** Everything at once that has ever misled a client. */
  awkward: {
    version: '10.2.7',
    contextPath: '/tools/bamboo',
    baseUrl: 'https://bamboo.example.com/tools/bamboo',
    traits: {
      family: 'svn',
      firstId: '9007199254740993',
      size: 'lies',
      pageLimit: 10,
      undecorated: 'document',
      dependsOn: 'underscores',
      order: 'turned',
      choice: 'radio',
      typeControl: 'select',
      formIdPrefix: 'edit_',
      decoys: true,
      noPermissionStatus: 200,
      secondStep: 'conversation',
      headerPassesWebSudo: false,
      webSudoPages: 'admin',
      laterKeys: true,
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** The name of a profile. */
export type ProfileName = keyof typeof PROFILES;

/** Finds a profile by its name. */
export function profileNamed(name: string): Profile {
  if (Object.hasOwn(PROFILES, name)) return PROFILES[name as ProfileName];
  throw new SimulatorError(`There is no profile "${name}". The profiles are ${Object.keys(PROFILES).join(', ')}.`);
}
