import type { CorpusPackage } from '../install.ts'
import { COMPILED_NPM } from './compiled-npm.ts'
import { EIGHTH_NPM } from './eighth-npm.ts'
import { EIGHTH_PYTHON } from './eighth-python.ts'
import { ELEVENTH_NPM } from './eleventh-npm.ts'
import { ELEVENTH_PYTHON } from './eleventh-python.ts'
import { FIFTH_NPM } from './fifth-npm.ts'
import { FIFTH_PYTHON } from './fifth-python.ts'
import { FOURTH_NPM } from './fourth-npm.ts'
import { FOURTH_PYTHON } from './fourth-python.ts'
import { HOLDOUT_NPM, HOLDOUT_PYTHON } from './holdout.ts'
import { NINTH_NPM, NINTH_NPM_DRAWN } from './ninth-npm.ts'
import { NINTH_PYTHON } from './ninth-python.ts'
import { NPM_PACKAGES } from './npm.ts'
import { PYTHON_PACKAGES } from './python.ts'
import { SECOND_NPM_TUNED, SECOND_NPM_UNSEEN } from './second-npm.ts'
import { SECOND_TUNED, SECOND_UNSEEN } from './second-python.ts'
import { SEVENTH_NPM } from './seventh-npm.ts'
import { SEVENTH_MIXED, SEVENTH_PYTHON } from './seventh-python.ts'
import { SHAPED_NPM } from './shaped-npm.ts'
import { SIXTH_NPM } from './sixth-npm.ts'
import { SIXTH_PYTHON } from './sixth-python.ts'
import { TENTH_NPM } from './tenth-npm.ts'
import { TENTH_CHOSEN, TENTH_DRAWN } from './tenth-python.ts'
import { PURE_NPM, THIRD_NPM_TUNED, THIRD_NPM_UNSEEN } from './third-npm.ts'
import { THIRD_HOLDOUT, THIRD_TUNED } from './third-python.ts'
import { THIRTEENTH_NPM } from './thirteenth-npm.ts'
import { THIRTEENTH_MORE, THIRTEENTH_PYTHON } from './thirteenth-python.ts'
import { TWELFTH_NPM } from './twelfth-npm.ts'
import { TWELFTH_PYTHON } from './twelfth-python.ts'
import { WRAPPERS } from './wrapper-python.ts'

/** By the name that `--list` of the sweep takes. */
export const LISTS: Readonly<Record<string, { readonly [tool in 'python' | 'npm']: readonly CorpusPackage[] }>> = {
  tuned: { python: PYTHON_PACKAGES, npm: NPM_PACKAGES },
  holdout: { python: HOLDOUT_PYTHON, npm: HOLDOUT_NPM },
  'second-tuned': { python: SECOND_TUNED, npm: SECOND_NPM_TUNED },
  'third-holdout': { python: THIRD_HOLDOUT, npm: [] },
  'second-unseen': { python: SECOND_UNSEEN, npm: SECOND_NPM_UNSEEN },
  'third-tuned': { python: THIRD_TUNED, npm: THIRD_NPM_TUNED },
  'third-unseen': { python: [], npm: THIRD_NPM_UNSEEN },
  fourth: { python: FOURTH_PYTHON, npm: FOURTH_NPM },
  fifth: { python: FIFTH_PYTHON, npm: FIFTH_NPM },
  sixth: { python: SIXTH_PYTHON, npm: SIXTH_NPM },
  seventh: { python: SEVENTH_PYTHON, npm: SEVENTH_NPM },
  'seventh-mixed': { python: SEVENTH_MIXED, npm: [] },
  eighth: { python: EIGHTH_PYTHON, npm: EIGHTH_NPM },
  ninth: { python: NINTH_PYTHON, npm: NINTH_NPM },
  'ninth-drawn': { python: [], npm: NINTH_NPM_DRAWN },
  tenth: { python: [...TENTH_DRAWN, ...TENTH_CHOSEN], npm: TENTH_NPM },
  'tenth-drawn': { python: TENTH_DRAWN, npm: [] },
  'tenth-chosen': { python: TENTH_CHOSEN, npm: [] },
  eleventh: { python: ELEVENTH_PYTHON, npm: ELEVENTH_NPM },
  twelfth: { python: TWELFTH_PYTHON, npm: TWELFTH_NPM },
  thirteenth: { python: THIRTEENTH_PYTHON, npm: THIRTEENTH_NPM },
  'thirteenth-more': { python: THIRTEENTH_MORE, npm: [] },
  wrappers: { python: WRAPPERS, npm: [] },
  shaped: { python: [], npm: SHAPED_NPM },
  pure: { python: [], npm: PURE_NPM },
  compiled: { python: [], npm: COMPILED_NPM },
}
