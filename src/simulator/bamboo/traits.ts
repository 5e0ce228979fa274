/** The three families of names that the change flag and the secret of a Bitbucket Cloud repository go by. */
export type FieldFamily = 'git' | 'github' | 'svn';

/** How one server looks: everything that the facts leave open and that never changes while it runs. */
export interface Traits {
  /** Names of the Bitbucket Cloud change flag and secret. */
  readonly family: FieldFamily;
  /** Ids in JSON as numbers (also above 2^53, digit for digit) or as strings. */
  readonly ids: 'number' | 'string';
  /** The first repository id, as decimal digits. */
  readonly firstId: string;
  /** `start-index` or `startIndex`, `max-result` or `maxResult`, in answers. */
  readonly spelling: 'hyphen' | 'camel';
  /** `size` in lists: what the page holds, or a lie. */
  readonly size: 'page' | 'lies';
  /** The most rows a page carries, whatever was asked. */
  readonly pageLimit: number;
  /** `type` of a project repository: the name people read or the module key. */
  readonly typeText: 'display' | 'module';
  /** `status-code` in error bodies. */
  readonly statusCode: 'number' | 'string';
  /** What `decorator=nothing&confirm=true` gives: bare markup or a small document. */
  readonly undecorated: 'fragment' | 'document';
  /** How a section names the control that it depends on. */
  readonly dependsOn: 'dots' | 'underscores';
  /** Order of attributes, classes and sections. */
  readonly order: 'usual' | 'turned';
  /** The access level and authentication type as a select or as radio buttons. */
  readonly choice: 'select' | 'radio';
  /** `.id` at the end of the names of the credential selects, or nothing. */
  readonly credentialSuffix: '.id' | '';
  /** `attributes` of a project's shared credentials over REST: with the user name, or empty. */
  readonly credentialAttributes: 'username' | 'none';
  /** The URL that an import answers with: bare, or as a JSON string [T]. */
  readonly importAnswer: 'bare' | 'quoted';
  /** What an import does with a secret that another server has encrypted. */
  readonly foreignSecrets: 'refused' | 'kept';
  /** What an import does with an oid that an entity of another scope has: refuses it, or takes it for that of a new entity. */
  readonly oidElsewhere: 'refused' | 'made-anew';
  /** How an exported document holds secrets: in the server's own encrypted form, not at all, or in clear. */
  readonly exportSecrets: 'encrypted' | 'omitted' | 'clear';
  /** Keys of later versions in the documents of repositories, which the import then knows too. */
  readonly laterKeys: boolean;
  /**
   * The repository page of a plan branch: one form straight away (5.8), a list and forms with the checkbox, or a list and forms
   * without it.
   */
  readonly branchPage: 'form' | 'list' | 'list-without-checkbox';
  /** The login screen: the form up to 10.0 and two steps from 10.1, or one of them whatever the version is. */
  readonly loginScreen: 'by-version' | 'form' | 'two-step';
  /** How the first step asks for a code: 200 and a session that is not logged in yet, or 412 and a conversation to name. */
  readonly secondStep: 'session' | 'conversation';
  /** Whether a user name and password, or a token, in the header pass a secure administrator session. */
  readonly headerPassesWebSudo: boolean;
  /** Which pages ask for a secure administrator session: all for administrators, or those under `/admin/`. */
  readonly webSudoPages: 'all' | 'admin';
  /** `selectedRepository` of linked and project forms. */
  readonly typeControl: 'hidden' | 'select';
  /** Prefix of the form's id; the facts only say that it is the action's name by default. */
  readonly formIdPrefix: string;
  /** A passphrase pair, a Git look-alike, a disabled select and a multiple select in the Bitbucket Cloud form. */
  readonly decoys: boolean;
  /** What is answered to a save: the JSON that was asked for, or always the textarea. */
  readonly saveAnswer: 'as-asked' | 'textarea';
  /** How a refused save is told. */
  readonly validationAnswer: 'form' | 'json';
  /** Where a page sends those who are not logged in. */
  readonly loginRedirect: 'userlogin!doDefault.action' | 'userlogin.action';
  /** Status of the page that says that a right is missing. */
  readonly noPermissionStatus: 200 | 403;
  /** Status of the page that says that the form's token is missing. */
  readonly xsrfStatus: 200 | 403;
  /** Whether a user name and password in the header open web pages. */
  readonly basicOnPages: boolean;
}

/** The traits that every profile starts from. */
export const USUAL_TRAITS: Traits = {
  family: 'git',
  ids: 'number',
  firstId: '1179649',
  spelling: 'hyphen',
  size: 'page',
  pageLimit: 1000,
  typeText: 'display',
  statusCode: 'number',
  undecorated: 'fragment',
  dependsOn: 'dots',
  order: 'usual',
  choice: 'select',
  credentialSuffix: '.id',
  credentialAttributes: 'username',
  importAnswer: 'bare',
  foreignSecrets: 'refused',
  oidElsewhere: 'refused',
  exportSecrets: 'encrypted',
  laterKeys: false,
  branchPage: 'list',
  loginScreen: 'by-version',
  secondStep: 'session',
  headerPassesWebSudo: true,
  webSudoPages: 'all',
  typeControl: 'hidden',
  formIdPrefix: '',
  decoys: false,
  saveAnswer: 'as-asked',
  validationAnswer: 'form',
  loginRedirect: 'userlogin!doDefault.action',
  noPermissionStatus: 403,
  xsrfStatus: 403,
  basicOnPages: true,
};
