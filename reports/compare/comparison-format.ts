/** Forms in which a comparison can be written. */
export const comparisonFormats = ['text', 'markdown', 'json', 'html'] as const

/** A form in which a comparison can be written. */
export type ComparisonFormat = (typeof comparisonFormats)[number]
