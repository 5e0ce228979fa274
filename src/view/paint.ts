import picocolors from 'picocolors';

/** Colours and weights for text; each gives the text back unchanged where colours are off. */
export type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>>;

/** Paints, or does not, as the screen can show it. */
export function createPaint(screen: { readonly colors: boolean }): Paint {
  return picocolors.createColors(screen.colors);
}
