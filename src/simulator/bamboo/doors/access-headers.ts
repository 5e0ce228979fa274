/** The headers that an access proxy wants to see before it lets anybody through to Bamboo. */
export type AccessHeaders = Readonly<Record<string, string>>;
