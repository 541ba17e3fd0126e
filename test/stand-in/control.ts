/** What a test, or a person with curl, does to this Discord. Every method takes one plain object and returns plain data, so that
 *  `POST /control/<method>` with that object as JSON is the same call. */
import type { Inside } from './control/inside.ts'
import { createPeople, type People } from './control/people.ts'
import { createPlaces, type Places } from './control/places.ts'
import { createTrouble, type Trouble } from './control/trouble.ts'

export type Control = Places & People & Trouble

export function createControl(inside: Inside): Control {
  return { ...createPlaces(inside), ...createPeople(inside), ...createTrouble(inside) }
}
