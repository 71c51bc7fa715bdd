/** A script that names Lambda's Runtime API: a runtime interface client, or a part of one. */
export type ClientFile = { readonly path: string }
