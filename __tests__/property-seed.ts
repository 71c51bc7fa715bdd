import fc from 'fast-check'

/**
 * Properties are tried with the same values in every run, so that a change is judged by what it changes; every night they
 * are tried with others (`PROPERTY_SEED`, a whole number; a failure prints its own).
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20261122) })
