/** Whether a request to this path changes a repository or a shared credential: by form, by import, or by removing a twin. */
export function isSavePath(path: string): boolean {
  return /\/(save|update)\w*(Repository|SharedCredentials)\.action|\/import\/(repository|sharedCredentials)$|\/delete\w+Repository\.action/i.test(path);
}

/** Whether a call to the disk, as `intercept` names it, leaves something there: such calls fail on a full or read-only disk. */
export function isDiskWrite(step: string): boolean {
  return /^(create|write|sync|syncData|truncate|makeDirectory|link|rename|remove|syncDirectory) /.test(step);
}
