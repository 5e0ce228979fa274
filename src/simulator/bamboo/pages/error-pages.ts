import { escapeHtml } from '../forms/markup.ts';
import type { Incoming } from '../incoming.ts';

/** What an access proxy or a load balancer says instead of Bamboo. */
export const PROXY_PAGE = '<!DOCTYPE html><html><head><title>Please wait</title></head><body><h1>One moment please</h1></body></html>';

/** Bamboo's page for a failure of its own; its trace repeats what was posted, so nobody should log it as it is. */
export function systemErrorPage(incoming: Incoming): string {
  const posted = incoming.kind === 'form' ? incoming.form.describe() : incoming.kind === 'yaml' ? incoming.text : '';
  const trace = `java.lang.IllegalStateException: could not execute statement ${posted}\n\tat com.atlassian.bamboo.repository.Store.save(Store.java:214)`;
  return `<html><head><title>Bamboo error reporting</title></head><body><h1>A system error has occurred</h1><pre>${escapeHtml(trace)}</pre></body></html>`;
}
