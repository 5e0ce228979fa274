/** An import that Bamboo does not carry out: the message is what it answers. */
export class ImportRefused extends Error {}
