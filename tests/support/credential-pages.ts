/** Pages about shared credentials, written from `bamboo-forms.md`. */

/** What the form of a credential is made of; what is left out is a user name with a password. */
export interface CredentialFormOptions {
  readonly id?: string;
  readonly name?: string;
  /** Markup of the type's own controls. */
  readonly fragment?: string;
  readonly action?: string;
  readonly save?: string;
}

/** A change box and a password field, by whatever names. */
export function pairMarkup(flag: string, secret: string): string {
  return `<input type="checkbox" name="${flag}" value="true"><input type="hidden" name="checkBoxFields" value="${flag}">
<fieldset class="dependsOn${flag.replaceAll('.', '_')} showOntrue"><input type="password" name="${secret}"></fieldset>`;
}

/** The usual fragment: a user name and a pair. */
export const INLINE = `<input type="text" name="username" value="buildbot">${pairMarkup('temporary.password.change', 'temporary.password')}`;

/** The form of a credential. */
export function credentialForm(options: CredentialFormOptions = {}): string {
  const { id = '71', name = 'team &amp; ci', fragment = INLINE, action = '/bamboo/admin/updateSharedCredentials.action' } = options;
  return `<a href="/bamboo/userLogout.action">Log Out</a><form id="quickSearch"><input name="searchTerm"></form>
<form id="deleteIt" action="/bamboo/admin/deleteSharedCredentials.action"><input type="hidden" name="credentialsId" value="${id}"><input type="submit" name="save" value="Delete"></form>
<form id="updateSharedCredentials" class="aui" action="${action}" method="post" enctype="multipart/form-data">
<input type="hidden" name="credentialsId" value="${id}"><input type="text" name="credentialsName" value="${name}">${fragment}
${options.save ?? '<input type="submit" name="save" value="Save">'}<input type="hidden" name="atl_token" value="xsrf-1"></form>`;
}

/** The list of the server's credentials. */
export function credentialList(rows: string, after = ''): string {
  return `<a href="/bamboo/admin/createSharedCredentials.action">Add</a><table class="aui"><thead><tr><th>Name</th><th>Type</th><th></th></tr></thead><tbody>${rows}</tbody></table>
<script type="text/x-template"><tr id="item-{id}"><td>{name}</td></tr></script>${after}`;
}

/** One row of it. */
export function credentialRow(id: string, name: string, type: string, linked = id): string {
  return `<tr id="item-${id}"><td>${name}</td><td>${type}</td><td><a class="update-credentials" href="/bamboo/admin/editSharedCredentials.action?credentialsId=${linked}">Edit</a></td></tr>`;
}
