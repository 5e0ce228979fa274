import type { Traits } from '../traits.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in markup and in quoted attributes. */
export function escapeHtml(raw: string): string {
  return /[&<>"']/.test(raw) ? raw.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character) : raw;
}

/** Attributes of an element; `true` stands for one without a value, `false` and `undefined` for none. */
export type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** An opening tag. The order of attributes is one of the things a client must not lean on. */
export function tag(name: string, attributes: Attributes, order: Traits['order'] = 'usual'): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    parts.push(value === true ? key : `${key}="${escapeHtml(value)}"`);
  }
  if (order === 'turned') parts.reverse();
  return parts.length === 0 ? `<${name}>` : `<${name} ${parts.join(' ')}>`;
}

/** A control's id: form id, underscore, name with underscores for dots [T: ids such as `…_repository_bitbucket_repository`]. */
export function controlId(formId: string, name: string): string {
  return `${formId}_${name.replaceAll('.', '_')}`;
}

/** The class of a section that is shown only while another control has a value [D]. */
export function dependencyClass(traits: Traits, dependsOn: string, showOn: string): string {
  const word = (raw: string): string => (traits.dependsOn === 'dots' ? raw : raw.replaceAll(/[.:]/g, '_'));
  const classes = [`dependsOn${word(dependsOn)}`, `showOn${word(showOn)}`];
  return (traits.order === 'usual' ? classes : ['bamboo-section', ...classes.reverse()]).join(' ');
}
