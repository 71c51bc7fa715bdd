/** What one file of a Ruby program says. */
export type RubyFile = { readonly kind: string; readonly path: string }
