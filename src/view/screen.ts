/** What the place where text ends up can show. */
export interface Screen {
  /** Columns; Infinity in a pipe, where nothing is wrapped. */
  readonly width: number;
  readonly colors: boolean;
}
